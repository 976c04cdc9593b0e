import { expect, test } from "vitest"
import { createFrameReader, encodeFrame, encodeInput, encodeSize } from "../../../cli/debug/frames.js"

test("a frame is its kind, its length in four bytes, and its payload", () => {
  expect([...encodeFrame("D", "hé")]).toEqual([0x44, 0, 0, 0, 3, 0x68, 0xc3, 0xa9])
  expect([...encodeFrame("E")]).toEqual([0x45, 0, 0, 0, 0])
})

test("a size is rows and columns, two bytes each", () => {
  expect([...encodeSize({ rows: 24, columns: 300 })]).toEqual([0x57, 0, 0, 0, 4, 0, 24, 1, 44])
})

test("frames are found however they are cut", () => {
  const bytes = Buffer.from([0x41, 0, 0, 0, 0, 0x44, 0, 0, 0, 2, 0x68, 0x69, 0x58, 0, 0, 0, 1, 0x21])
  const whole = [
    ["A", ""],
    ["D", "hi"],
    ["X", "!"],
  ]
  for (let size = 1; size <= bytes.length; size += 1) {
    const read = createFrameReader()
    const found = []
    for (let at = 0; at < bytes.length; at += size) found.push(...read(bytes.subarray(at, at + size)))
    expect(found.map(({ kind, payload }) => [kind, payload.toString()])).toEqual(whole)
  }
})

test("a paste goes in pieces, none lost", () => {
  const paste = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251))
  const frames = createFrameReader()(encodeInput(paste))
  expect(Buffer.concat(frames.map(({ payload }) => payload)).equals(paste)).toBe(true)
  expect(Math.max(...frames.map(({ payload }) => payload.length))).toBeLessThanOrEqual(65_536)
})

test("a length that no frame has is refused", () => {
  expect(() => createFrameReader()(Buffer.from([0x44, 255, 0, 0, 0]))).toThrow(RangeError)
})
