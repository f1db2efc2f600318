using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;

namespace Sallyport.Tests.Auditing;

public sealed class GlobTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("sg-*", "sg-0a", true)]
    [InlineData("sg-*", "xsg-0a", false)]
    [InlineData("*-db", "orders-db", true)]
    [InlineData("*-db", "orders-db2", false)]
    [InlineData("a*b*c", "a1b2b3c", true)]
    [InlineData("a*b*c", "a1c2b", false)]
    [InlineData("web-?", "web-12", false)]
    [InlineData("Web", "web", false)]
    [InlineData("a.c", "abc", false)]
    public void A_pattern_fits_the_whole_text(string pattern, string text, bool fits) => Assert.Equal(fits, new Glob(pattern).Matches(text));

    [Fact]
    public void Says_what_a_regular_expression_says()
    {
        var letters = Gen.Elements('a', 'b', '*', '?');
        var texts = Gen.Elements('a', 'b', 'c');
        var pairs = from pattern in Gen.ListOf(letters) from text in Gen.ListOf(texts) select (string.Concat(pattern.Take(12)), string.Concat(text.Take(12)));
        Prop.ForAll(Arb.From(pairs), pair =>
        {
            var (pattern, text) = pair;
            var oracle = new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".") + "\\z", RegexOptions.Singleline);
            return new Glob(pattern).Matches(text) == oracle.IsMatch(text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Stars_upon_stars_end_soon() =>
        Assert.False(new Glob(string.Concat(Enumerable.Repeat("*a", 250))).Matches(new string('a', 249) + new string('b', 5_000)));
}
