using Sallyport.Diagnostics;

namespace Sallyport.Tests.Diagnostics;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("web")]
    public void What_is_short_stays(string text) => Assert.Same(text, ShownText.NameOf(text));

    [Fact]
    public void The_longest_name_of_AWS_stays() => Assert.Equal(256, ShownText.NameOf(new string('x', 256)).Length);

    [Fact]
    public void Of_a_long_one_beginning_and_end_stay()
    {
        var shown = ShownText.Of($"The group {new string('x', 1_000_000)} (sg-0123456789abcdef0) is open.");
        Assert.StartsWith("The group xxx", shown, StringComparison.Ordinal);
        Assert.EndsWith("xxx (sg-0123456789abcdef0) is open.", shown, StringComparison.Ordinal);
        Assert.Contains('…', shown);
        Assert.InRange(shown.Length, 3_990, ShownText.MostOfSentence);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void No_character_is_cut_in_half(string before)
    {
        var shown = ShownText.NameOf(before + string.Concat(Enumerable.Repeat("😀", 1_000)));
        Assert.InRange(shown.Length, 250, ShownText.MostOfName);
        Assert.DoesNotContain(shown.EnumerateRunes(), r => r.Value == 0xFFFD);
    }
}
