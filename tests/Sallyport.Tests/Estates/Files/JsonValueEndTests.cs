using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;

namespace Sallyport.Tests.Estates.Files;

/// <summary>The scan for a value's end against the framework's reader: it never passes over what that refuses, and finds the end of all that is right.</summary>
public class JsonValueEndTests
{
    private static readonly string[] Scalars =
    [
        "0", "-0", "7", "-12.5", "1e9", "1E-2", "3.25e+10", "true", "false", "null", "\"\"", "\"a\"", "\"sixteen letters!\"", "\"longer than two vectors of sixteen bytes each\"",
        "\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}\"", "\"\\u00e9\\\\\\/\\b\\f\\n\\r\\t\"", "\"größe 🙂 ]}\"",
    ];

    [Fact]
    public void The_end_of_every_value_is_found()
    {
        for (var round = 0; round < 3000; round++)
        {
            var random = new Random(round);
            var value = Container(random, 5);
            var text = Encoding.UTF8.GetBytes(value + (random.Next(2) == 0 ? ",\"next\": 1}" : string.Empty));

            Assert.Equal(Encoding.UTF8.GetByteCount(value) - 2, Find(text));
        }
    }

    [Fact]
    public void What_is_cut_off_has_no_end()
    {
        for (var round = 0; round < 300; round++)
        {
            var random = new Random(round);
            var text = Encoding.UTF8.GetBytes(Container(random, 4));

            for (var length = 1; length < text.Length; length++) Assert.Equal(-1, Find(text.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Nothing_is_passed_over_that_the_reader_refuses()
    {
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var random = new Random(round);
            var text = Encoding.UTF8.GetBytes(Container(random, 4));
            for (var slip = random.Next(1, 3); slip > 0; slip--)
            {
                text[random.Next(1, text.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\0-+.eEu \t\n"[random.Next(18)];
            }

            var end = Find(text);
            if (end < 0) refused++;
            Assert.True(end == EndByReader(text), Encoding.Latin1.GetString(text));
        }

        Assert.InRange(refused, 4000, 19_000);
    }

    [Theory]
    [InlineData("{\"a\":1,}"), InlineData("[1,]"), InlineData("[,]"), InlineData("{,}"), InlineData("[01]"), InlineData("[1.]"), InlineData("[.5]"), InlineData("[+1]"), InlineData("[1e]"), InlineData("[-]")]
    [InlineData("{\"a\"}"), InlineData("{a:1}"), InlineData("{\"a\":}"), InlineData("{\"a\":1 \"b\":2}"), InlineData("[1 2]"), InlineData("[tru]"), InlineData("[truee]"), InlineData("[nul]"), InlineData("[NaN]")]
    [InlineData("[1}"), InlineData("{\"a\":[}]"), InlineData("[\"\\x\"]"), InlineData("[\"\\u12g4\"]"), InlineData("[\"a\tb\"]"), InlineData("[/* */1]"), InlineData("[1]]", 1), InlineData("[\"\\u12\"]")]
    public void Near_misses_are_left_to_the_reader(string text, int end = -1) => Assert.Equal(end, Find(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Nesting_is_followed_as_deep_as_the_reader_goes()
    {
        Assert.Equal(EndByReader(Nested(64)), Find(Nested(64)));
        Assert.Equal(126, Find(Nested(64)));
        Assert.Equal(-1, Find(Nested(65)));
        Assert.Equal(-1, EndByReader(Nested(65)));

        static byte[] Nested(int levels) => Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));
    }

    [Theory]
    [InlineData(64), InlineData(100), InlineData(1000), InlineData(256 * 1024)]
    public void What_is_passed_over_is_passed_over_alike_whatever_fits_the_buffer(int buffer)
    {
        for (var round = 0; round < 200; round++)
        {
            var random = new Random(round);
            var parts = Enumerable.Range(0, random.Next(1, 8)).Select(i => (Name: $"p{i}", Value: random.Next(4) == 0 ? Scalars[random.Next(Scalars.Length)] : Container(random, 4))).ToList();
            var text = $"{{{string.Join(",\n", parts.Select(p => $"\"{p.Name}\": {p.Value}"))}}}";

            var seen = new List<(string Name, int Line)>();
            var input = new JsonInput(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.json", CancellationToken.None, buffer);
            var reader = input.Start();
            Assert.True(input.Read(ref reader));
            while (input.NextProperty(ref reader))
            {
                seen.Add((input.GetText(ref reader), input.LineOf(ref reader)));
                input.Skip(ref reader);
            }

            Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
            Assert.Equal(0, reader.CurrentDepth);
            Assert.False(input.Read(ref reader));
            var line = 1;
            var expected = new List<(string, int)>();
            foreach (var (name, value) in parts)
            {
                expected.Add((name, line));
                line += value.Count(c => c == '\n') + 1;
            }

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public void Damage_behind_what_was_passed_over_is_told_at_its_line()
    {
        var input = new JsonInput(new MemoryStream("{\"a\": [1,\n 2],\n \"b\": {\"c\": [\n tru]}}"u8.ToArray()), "f.json", CancellationToken.None);
        var reader = input.Start();
        input.Read(ref reader);
        try
        {
            while (input.NextProperty(ref reader)) input.Skip(ref reader);
            Assert.Fail("it was read");
        }
        catch (JsonException e)
        {
            var said = input.Explain(e, ref reader);
            Assert.Equal(new SourceSpan("f.json", 4, 2), said.At);
        }
    }

    private static int Find(ReadOnlySpan<byte> text) => JsonValueEnd.Find(text[1..], text[0] == (byte)'{', JsonValueEnd.MaxDepth);

    // Where the reader finds the end, as an offset behind the opening bracket; -1 when it does not.
    private static int EndByReader(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth }));
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) return (int)reader.BytesConsumed - 2;
            }
        }
        catch (JsonException)
        {
            return -1;
        }

        return -1;
    }

    private static string Container(Random random, int deepest)
    {
        var isObject = random.Next(2) == 0;
        var items = Enumerable.Range(0, random.Next(5)).Select(i => (isObject ? $"\"key{i}\"{Blank(random)}:{Blank(random)}" : string.Empty) + (deepest > 0 && random.Next(2) == 0 ? Container(random, deepest - 1) : Scalars[random.Next(Scalars.Length)]));
        var inside = string.Join($"{Blank(random)},{Blank(random)}", items);
        return isObject ? $"{{{Blank(random)}{inside}{Blank(random)}}}" : $"[{Blank(random)}{inside}{Blank(random)}]";
    }

    private static string Blank(Random random) => random.Next(4) switch { 0 => " ", 1 => "\r\n\t", _ => string.Empty };
}
