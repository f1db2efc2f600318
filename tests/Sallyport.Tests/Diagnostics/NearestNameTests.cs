using Sallyport.Diagnostics;

namespace Sallyport.Tests.Diagnostics;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["services", "groups", "connections", "external", "settings", "web", "db"];

    [Theory]
    [InlineData("servcies", "services")]
    [InlineData("service", "services")]
    [InlineData("SERVICES", "services")]
    [InlineData("conections", "connections")]
    [InlineData("grops", "groups")]
    [InlineData("we", "web")]
    [InlineData("ewb", "web")]
    [InlineData("dbb", "db")]
    [InlineData("web", "web")]
    public void A_slip_finds_the_name(string word, string expected) => Assert.Equal(expected, NearestName.Find(word, Names));

    [Theory]
    [InlineData("")]
    [InlineData("zzz")]
    [InlineData("api")]
    [InlineData("completely-different")]
    [InlineData("sevrcie-xy")]
    public void Something_else_finds_none(string word) => Assert.Null(NearestName.Find(word, Names));

    [Fact]
    public void Nothing_to_choose_from_finds_none() => Assert.Null(NearestName.Find("web", []));

    [Fact]
    public void Of_equally_near_names_the_first_in_order_wins() => Assert.Equal("web1", NearestName.Find("web3", ["web2", "web1"]));
}
