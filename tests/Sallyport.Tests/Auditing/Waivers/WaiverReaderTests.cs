using Sallyport.Auditing;
using Sallyport.Auditing.Waivers;

namespace Sallyport.Tests.Auditing.Waivers;

public sealed class WaiverReaderTests
{
    private const string Good = "rule: SP-ING-06, resource: bastion, reason: r, owner: o, expires: 2027-01-31";

    [Fact]
    public void A_waiver_keeps_what_was_written_and_where()
    {
        var waiver = Assert.Single(Read($"waivers:\n  - {{{Good}, fingerprint: 0123456789ABCDEF0123456789abcdef}}").Value!.Items);
        Assert.Equal(("SP-ING-06", "bastion", "r", "o", new DateOnly(2027, 1, 31)), (waiver.Rule, waiver.Resource, waiver.Reason, waiver.Owner, waiver.Expires));
        Assert.Equal("w.yaml:2:5", waiver.At!.ToString());
    }

    [Theory]
    [InlineData("rule")]
    [InlineData("resource")]
    [InlineData("reason")]
    [InlineData("owner")]
    [InlineData("expires")]
    public void Everything_but_the_fingerprint_is_mandatory(string key)
    {
        var without = string.Join(", ", Good.Split(", ").Where(p => !p.StartsWith(key + ":", StringComparison.Ordinal)));
        var said = Assert.Single(Read($"waivers: [{{{without}}}]").Diagnostics);
        Assert.Equal("SPD1013", said.Code);
        Assert.Contains($"\"{key}\"", said.Message, StringComparison.Ordinal);
        Assert.Contains(Read($"waivers: [{{{without}, {key}: \"  \"}}]").Diagnostics, d => d.Code == "SPD1012");
    }

    [Theory]
    [InlineData("", "SPD1013")]
    [InlineData("waivers: {}", "SPD1012")]
    [InlineData("waiver: []", "SPD1003,SPD1013")]
    [InlineData("waivers: [a]", "SPD1012")]
    [InlineData("waivers: [{rule: SP-ING-06, resource: a, reason: r, owner: o, expires: never}]", "SPD1018")]
    [InlineData("waivers: [{rule: SP-ING-06, resource: a, reason: r, owner: o, expires: 2027-02-30}]", "SPD1018")]
    [InlineData("waivers: [{rule: SP-ING-66, resource: a, reason: r, owner: o, expires: 2027-02-01}]", "SPD7107")]
    [InlineData("waivers: [{rule: critical, resource: a, reason: r, owner: o, expires: 2027-02-01}]", "SPD7107")]
    [InlineData("waivers: [{rule: SP-ING-06, resource: a, reason: r, owner: o, expires: 2027-02-01, fingerprint: abc}]", "SPD7122")]
    [InlineData("waivers: [{rule: SP-ING-06, resource: a, reson: r, owner: o, expires: 2027-02-01}]", "SPD1003,SPD1013")]
    [InlineData("{version: 3, waivers: []}", "SPD1017")]
    public void A_mistake_is_said(string yaml, string codes)
    {
        var read = Read(yaml);
        Assert.Null(read.Value);
        Assert.Equal(codes.Split(',').Order(), read.Diagnostics.Select(d => d.Code).Order());
    }

    [Theory]
    [InlineData("*", "*")]
    [InlineData("*", "**")]
    [InlineData("SP-*", "*")]
    [InlineData("*", "sg-*")]
    [InlineData("*", "?*")]
    [InlineData("*", "*/*/*")]
    [InlineData("?P-*", "arn:*")]
    [InlineData("*", "arn:*:security-group/*")]
    public void An_excuse_for_everything_is_refused(string rule, string resource)
    {
        var yaml = $"waivers: [{{rule: \"{rule}\", resource: \"{resource}\", reason: r, owner: o, expires: 2027-01-31}}]";
        Assert.Equal(["SPD7121"], Read(yaml).Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData("*", "sandbox-*")]
    [InlineData("*", "111122223333/*")]
    [InlineData("SP-EGR", "*")]
    [InlineData("SP-EGR-01", "*")]
    public void A_wide_waiver_is_taken_when_it_names_rules_or_resources(string rule, string resource)
    {
        var yaml = $"waivers: [{{rule: \"{rule}\", resource: \"{resource}\", reason: r, owner: o, expires: 2027-01-31}}]";
        Assert.Empty(Read(yaml).Diagnostics);
    }

    [Fact]
    public void Too_much_is_said()
    {
        Assert.Contains(Read($"waivers: [{{rule: SP-ING-06, resource: {new string('a', 501)}, reason: r, owner: o, expires: 2027-01-31}}]").Diagnostics, d => d.Code == "SPD7124");
        var many = "waivers:\n" + string.Concat(Enumerable.Repeat($"  - {{{Good}}}\n", WaiverReader.MaxWaivers + 1));
        Assert.Contains(Read(many).Diagnostics, d => d.Code == "SPD7123");
    }

    private static Sallyport.Diagnostics.Result<WaiverList> Read(string yaml) => WaiverReader.Read(yaml, "w.yaml", RuleBook.Catalogue);
}
