;; Cosines of one query with a block of int8 vectors.
(module
  (memory (export "memory") 1 65536)
  ;; codes:  `count` vectors of `stride` int8 each, stride a multiple of 16
  ;; query:  `stride` int16
  ;; scales: `count` float32, by which each dot product is multiplied; NaN for a place that holds no vector
  ;; scores: `count` float32, written
  ;; Gives the highest score; -Infinity where every one is NaN. All addresses are in bytes.
  (func (export "scan")
    (param $codes i32) (param $count i32) (param $stride i32) (param $query i32) (param $scales i32) (param $scores i32)
    (result f32)
    (local $scoresEnd i32) (local $codesEnd i32) (local $q i32) (local $low v128) (local $high v128)
    (local $score f32) (local $best f32)
    (local.set $best (f32.const -inf))
    (local.set $scoresEnd (i32.add (local.get $scores) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $vector
        (br_if $done (i32.ge_u (local.get $scores) (local.get $scoresEnd)))
        (local.set $low (v128.const i32x4 0 0 0 0))
        (local.set $high (v128.const i32x4 0 0 0 0))
        (local.set $q (local.get $query))
        (local.set $codesEnd (i32.add (local.get $codes) (local.get $stride)))
        (loop $part
          (local.set $low (i32x4.add (local.get $low)
            (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $codes)) (v128.load (local.get $q)))))
          (local.set $high (i32x4.add (local.get $high)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $codes)) (v128.load offset=16 (local.get $q)))))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $part (i32.lt_u (local.tee $codes (i32.add (local.get $codes) (i32.const 16))) (local.get $codesEnd))))
        (local.set $low (i32x4.add (local.get $low) (local.get $high)))
        (local.set $score (f32.mul (f32.load (local.get $scales)) (f32.convert_i32_s
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $low)) (i32x4.extract_lane 1 (local.get $low)))
            (i32.add (i32x4.extract_lane 2 (local.get $low)) (i32x4.extract_lane 3 (local.get $low)))))))
        (f32.store (local.get $scores) (local.get $score))
        ;; f32.max would let one NaN hide every other score
        (local.set $best
          (select (local.get $score) (local.get $best) (f32.gt (local.get $score) (local.get $best))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (br $vector)))
    (local.get $best)))
