using System.Text;
using Petrel.Api.Json;

namespace Petrel.Api.Tests.Json;

public class JsonUnicodeTests
{
    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""", """{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\ud83d"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\ude00x"}""", """{"a":"\ufffdx"}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", """{"a":"\ufffd\ud83d\ude00"}""")]
    [InlineData("""{"a":"\uD83D\u0041"}""", """{"a":"\ufffd\u0041"}""")]
    [InlineData("""{"a":"\\ud83d"}""", """{"a":"\\ud83d"}""")]
    [InlineData("""{"a":"\ud8""", """{"a":"\ud8""")]
    [InlineData("""{"a":"\ud83d\""", """{"a":"\ufffd\""")]
    public void Halves_of_surrogate_pairs_are_replaced(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonUnicode.Repair(Encoding.UTF8.GetBytes(json)).Span));

    [Fact]
    public void Broken_bytes_are_replaced()
    {
        byte[] json = [.. "{\"a\":\""u8, 0xff, .. "\"}"u8];
        Assert.Equal("{\"a\":\"\ufffd\"}", Encoding.UTF8.GetString(JsonUnicode.Repair(json).Span));
    }

    [Fact]
    public void Good_text_is_not_copied()
    {
        ReadOnlyMemory<byte> json = """{"a":"ä\u00e4"}"""u8.ToArray();
        Assert.True(JsonUnicode.Repair(json).Equals(json));
    }

    [Fact]
    public void Whatever_comes_out_can_be_decoded()
    {
        var random = new Random(7);
        string[] parts = ["\\ud83d", "\\ude00", "\\u0041", "\\\\", "\\n", "x", "ä", "\\uDBFF", "\\udfff"];
        for (var run = 0; run < 5000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => parts[random.Next(parts.Length)]));
            var bytes = Encoding.UTF8.GetBytes($"{{\"data\":{{\"k\":\"{text}\"}}}}").ToList();
            if (random.Next(2) == 0)
            {
                bytes.Insert(bytes.Count - 3, (byte)random.Next(0x80, 0x100));
            }

            var map = JsonDecoder.Decode<Core.ConfigMap>(JsonUnicode.Repair(bytes.ToArray()).Span, new DecodeProblems());
            Assert.True(JsonTree.TryParse(JsonEncoding.Encode(map), out _, out _));
        }
    }
}
