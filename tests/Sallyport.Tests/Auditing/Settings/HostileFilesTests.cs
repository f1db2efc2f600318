using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Auditing.Custom;
using Sallyport.Auditing.Settings;
using Sallyport.Auditing.Waivers;
using Sallyport.Diagnostics;

namespace Sallyport.Tests.Auditing.Settings;

/// <summary>Whatever stands in a file, reading it ends with a result or with errors that name a place, never with an exception.</summary>
public sealed class HostileFilesTests
{
    private const string Settings = """
        audit:
          fail-on: high
          rules: {include: [SP-EGR], exclude: [SP-ING], framework: SOC2, min-severity: low}
          severity: {SP-EGR-01: off}
          waivers: [w.yaml, {rule: SP-ING-06, resource: a, reason: r, owner: o, expires: 2027-01-31}]
          world: {tcp: [80, 443]}
          resolvers: "10.0.0.2, fd00::53"
        """;

    private const string WaiverFile = """
        waivers:
          - {rule: SP-ING-06, resource: "111122223333/*/web-?", reason: r, owner: o, expires: 2027-01-31}
          - {rule: SP-EGR, resource: sg-1, fingerprint: 0123456789abcdef0123456789abcdef, reason: x, owner: y, expires: 2027-01-31}
        """;

    private const string Rules = """
        rules:
          - id: ACME-01
            title: t
            severity: high
            message: "{group} admits {peers}"
            match: {direction: ingress, any: [{covers: tcp/22}, {not: {peer: {within: [10.0.0.0/8], tag: {a: "/b+/"}}}}]}
            unless: {group: {name: "x*", hasTag: owner, attached: false}}
            controls: {SOC2: CC6.1}
        """;

    private static readonly Gen<string> Noise = Gen.Elements(
        "", " ", "\n", ":", "{", "}", "[", "]", "&a ", "*a", "- ", "!!binary ", "<<: ", "\"", "'", "|", ">", "#", "---\n", "\t", "\0", "\ufeff", "\u202e", "\ud800", "null", "~",
        "0x1", "-1", "99999999999999999999", "2026-02-30", "*", "**", "SP-", "/(/", "/(?=a)/", "any: ", "not: ", "all: []", "tcp/", "::/0", "{group", "{}", new string('a', 5_000));

    [Theory]
    [InlineData("settings")]
    [InlineData("waivers")]
    [InlineData("rules")]
    public void Reading_ends(string kind)
    {
        var text = kind switch { "settings" => Settings, "waivers" => WaiverFile, _ => Rules };
        Assert.Empty(Read(kind, text));
        var edits = from at in Gen.Choose(0, text.Length) from cut in Gen.Choose(0, 12) from noise in Noise select (at, cut, noise);
        var edited = Gen.NonEmptyListOf(edits).Select(list => list.Take(4).Aggregate(text, (t, e) =>
        {
            var at = Math.Min(e.at, t.Length);
            return t[..at] + e.noise + t[Math.Min(t.Length, at + e.cut)..];
        }));
        Prop.ForAll(edited.ToArbitrary(), t =>
        {
            Assert.All(Read(kind, t), d => Assert.True(d.At is not null && d.Message.Length < 2_500, d.ToString()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    private static ImmutableArray<Diagnostic> Read(string kind, string text)
    {
        switch (kind)
        {
            case "settings":
                var settings = SettingsReader.Read(text, "f");
                if (settings.Value is { } read) _ = SettingsResolver.Resolve(read, RuleBook.Catalogue);
                return settings.Diagnostics;
            case "waivers":
                return WaiverReader.Read(text, "f", RuleBook.Catalogue).Diagnostics;
            default:
                var rules = CustomRuleReader.Read([(text, "f")]);
                if (rules.Value is { } own) _ = Audit.Of("group web\n  ingress tcp/22 from 0.0.0.0/0\n", AuditOptions.Default with { CustomRules = own.Items });
                return rules.Diagnostics;
        }
    }
}
