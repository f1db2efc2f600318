using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Packets;

namespace Sallyport.Cli.Tests;

/// <summary><c>fix</c> as a user runs it, on the lab's <c>acme</c>: fix, apply, audit, undo.</summary>
public sealed partial class FixCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-fix-");
    private LabServer _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Open_egress_is_fixed_applied_gone_and_brought_back()
    {
        await Expect(ExitCode.Done, "snapshot", "live", "--out", At("before.json"));
        Assert.Contains("SP-EGR-01", await FindingsAsync());

        var run = await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--to", "plan", "--out", At("plan.json"));
        Assert.Contains("To apply: sallyport apply", run.Out, StringComparison.Ordinal);
        await Expect(ExitCode.Done, "apply", At("plan.json"), "--yes");
        await Expect(ExitCode.Done, "snapshot", "live", "--out", At("after.json"));
        Assert.DoesNotContain("SP-EGR-01", await FindingsAsync());
        await Expect(ExitCode.Done, "fix", "live", "--rule", "EC2-033");

        // Nothing is gone but flows to addresses that no interface holds, and to NAT gateways, which have no side of their own.
        var difference = await Expect(ExitCode.Different, "diff", At("before.json"), At("after.json"), "-o", "json");
        using var json = JsonDocument.Parse(difference.Out);
        Assert.NotEmpty(json.RootElement.GetProperty("removed").EnumerateArray());
        Assert.All(json.RootElement.GetProperty("removed").EnumerateArray(), b => Assert.True(IsOutside(b.GetProperty("toId").GetString()!), b.ToString()));
        Assert.Empty(json.RootElement.GetProperty("added").EnumerateArray());

        await Expect(ExitCode.Done, "undo", At("plan.json.journal"), "--yes");
        await Expect(ExitCode.Done, "snapshot", "live", "--out", At("undone.json"));
        Assert.Equal(WithoutRuleIds(At("before.json")), WithoutRuleIds(At("undone.json")));
    }

    [Fact]
    public void What_the_two_sides_prove_stays_allowed_over_the_whole_company()
    {
        var acme = AcmeEstate.Create();
        foreach (var rules in new ImmutableArray<string>[] { ["SP-EGR-01"], [] })
        {
            var report = Fixer.Fix(acme, new FixOptions { Audit = AuditOptions.Default with { Rules = rules } }).Value!;
            var difference = SemanticDiff.Between(acme, report.After);
            Assert.True(difference.IsWhole);
            Assert.NotEmpty(difference.Removed);
            AssertNothingStopped(acme, report.After);
            Assert.DoesNotContain(difference.Removed, b => b.To.IncludesInterfaces);
            Assert.DoesNotContain(Auditor.Audit(report.After, AuditOptions.Default).Findings, f => f.Rule == "SP-EGR-01");
        }
    }

    [Fact]
    public async Task The_plan_on_standard_output_is_the_plan_in_the_file()
    {
        var run = await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--to", "plan");
        await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--out", At("plan.json"));
        Assert.Equal(await File.ReadAllTextAsync(At("plan.json")), run.Out);
        Assert.Contains("what it means for traffic:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_target_the_report_is_the_data()
    {
        var text = await Expect(ExitCode.Different, "fix", "live");
        Assert.StartsWith("Fixed\n", text.Out, StringComparison.Ordinal);
        Assert.Contains("\nLeft for you to decide\n", text.Out, StringComparison.Ordinal);

        var run = await Expect(ExitCode.Different, "fix", "live", "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        var question = root.GetProperty("questions").EnumerateArray().First(q => q.GetProperty("finding").GetProperty("rule").GetString() == "SP-ING-06");
        Assert.Contains("Who needs ingress tcp/22 from 0.0.0.0/0", question.GetProperty("question").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(question.GetProperty("options").EnumerateArray());
        Assert.Equal(root.GetProperty("fixed").GetArrayLength(), root.GetProperty("summary").GetProperty("fixed").GetInt32());
        var changed = root.GetProperty("fixed").EnumerateArray().First(f => f.GetProperty("changes").GetArrayLength() > 0);
        Assert.NotEmpty(changed.GetProperty("changes")[0].GetProperty("remove").EnumerateArray());
    }

    [Fact]
    public async Task Aws_cli_text_adds_first()
    {
        var run = await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--to", "aws-cli");
        Assert.StartsWith("#!/bin/sh\n", run.Out, StringComparison.Ordinal);
        var (added, revoked) = (run.Out.LastIndexOf("authorize-security-group-egress", StringComparison.Ordinal), run.Out.IndexOf("revoke-security-group-egress", StringComparison.Ordinal));
        Assert.True(0 < added && added < revoked);
    }

    [Theory]
    [InlineData("terraform", "resource \"aws_vpc_security_group_egress_rule\" \"connections\" {")]
    [InlineData("cloudformation", "Type: AWS::EC2::SecurityGroupEgress")]
    public async Task Code_adds_and_says_what_is_to_be_revoked(string language, string resource)
    {
        var run = await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--to", language);
        var (added, revoked) = (run.Out.IndexOf(resource, StringComparison.Ordinal), run.Out.IndexOf("# aws ec2 revoke-security-group-egress", StringComparison.Ordinal));
        Assert.True(0 < added && added < revoked);
        Assert.Contains("SPD6209", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rule", "SP-EGR-99", "SPD7103")]
    public async Task What_fix_cannot_do_it_says(string option, string value, string code)
    {
        var run = await Expect(ExitCode.BadInput, "fix", "live", option, value);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_test_of_the_connections_file_that_fails_afterwards_stops_it()
    {
        var web = AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-worker");
        await File.WriteAllTextAsync(At("c.yaml"), $$$"""
            version: 1
            groups:
              worker: {sg: {{{web.Id}}}}
            externals:
              vendor: {cidrs: [198.51.100.0/24]}
            connections: {}
            tests:
              - {id: vendor-stays, must: {from: worker, to: vendor, services: [tcp/443]}}
            """);
        var run = await Expect(ExitCode.Refused, "fix", "live", "--rule", "SP-EGR-01", "--connections", At("c.yaml"), "--out", At("plan.json"));
        Assert.Contains("SPD3015", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("plan.json")));

        await File.WriteAllTextAsync(At("c.yaml"), (await File.ReadAllTextAsync(At("c.yaml"))).Replace(
            "connections: {}", "connections:\n  vendor: {from: worker, to: vendor, services: [tcp/443], reason: invoices}", StringComparison.Ordinal));
        await Expect(ExitCode.Different, "fix", "live", "--rule", "SP-EGR-01", "--connections", At("c.yaml"), "--out", At("plan.json"));
        await Expect(ExitCode.Done, "apply", At("plan.json"), "--yes");
        var reach = await Expect(ExitCode.Done, "reach", "live", "--from", web.Id.Value, "--to", "198.51.100.0/24", "--service", "tcp/443", "-o", "json");
        Assert.Contains("\"verdict\": \"allowed\"", reach.Out, StringComparison.Ordinal);
    }

    private static readonly HashSet<string> NatGateways =
        [.. AcmeEstate.Create().NetworkInterfaces.Where(n => n.Groups.IsEmpty && n.InterfaceType == "natGateway").Select(n => n.Id.Value)];

    private static bool IsOutside(string end) => Blocks().IsMatch(end) || NatGateways.Contains(end);

    /// <summary>
    /// Every packet between two interfaces that got through, wholly or partly, still does: at their own addresses, and from public IPv4
    /// address to public IPv4 address where the internet carries it.
    /// </summary>
    private static void AssertNothingStopped(Estate before, Estate after)
    {
        var (old, @new) = (ConnectivityModel.Of(before), ConnectivityModel.Of(after));
        var (reach, reachAfter) = (new Reacher(old), new Reacher(@new));
        int[] points = [.. before.SecurityGroups.Concat(after.SecurityGroups).SelectMany(g => g.Rules).SelectMany(r => new[] { r.Service.Interval.First, r.Service.Interval.Last }).Distinct()];
        var ends = before.NetworkInterfaces.SelectMany(n => n.Addresses.Select(a => Endpoint.Of(n, a))).ToList();
        var met = new Dictionary<IpFamily, int>();
        foreach (var from in ends)
        {
            foreach (var to in ends.Where(t => t.Address.Family == from.Address.Family && t.Interface!.Id != from.Interface!.Id))
            {
                foreach (var point in points.Where(p => old.Judge(from, to, p) == Verdict.Allowed))
                {
                    if (@new.Judge(from, to, point) == Verdict.Allowed) continue;
                    Assert.False(reach.Judge(from, to, point) is Verdict.Allowed or Verdict.Partly, $"{from} -> {to}: {point} got through and is {reachAfter.Judge(from, to, point)}");
                }
            }
        }

        var published = before.NetworkInterfaces.SelectMany(n => n.PublicAddresses.Select(p => (Inside: Endpoint.Of(n, p.Key), Outside: Endpoint.Outside(p.Value)))).ToList();
        foreach (var from in published)
        {
            foreach (var to in published.Where(t => !AreConnected(before, t.Inside, from.Inside)))
            {
                foreach (var point in points.Where(p => old.Judge(from.Inside, to.Outside, p) == Verdict.Allowed && old.Judge(from.Outside, to.Inside, p) == Verdict.Allowed))
                {
                    if (reach.Judge(from.Inside, to.Outside, point) is not (Verdict.Allowed or Verdict.Partly) || reach.Judge(from.Outside, to.Inside, point) is not (Verdict.Allowed or Verdict.Partly)) continue;
                    met[IpFamily.V4] = met.GetValueOrDefault(IpFamily.V4) + 1;
                    Assert.True(@new.Judge(from.Inside, to.Outside, point) == Verdict.Allowed, $"{from} -> {to}: {point} got through over the internet");
                }
            }
        }

        foreach (var from in ends.Where(e => e.Address.Family == IpFamily.V6))
        {
            foreach (var to in ends.Where(t => t.Address.Family == IpFamily.V6 && !AreConnected(before, t, from)))
            {
                met[IpFamily.V6] = met.GetValueOrDefault(IpFamily.V6) + points.Count(p => reach.Judge(from, to, p) is Verdict.Allowed or Verdict.Partly);
            }
        }

        Assert.All(new[] { IpFamily.V4, IpFamily.V6 }, f => Assert.NotEqual(0, met.GetValueOrDefault(f)));
    }

    private static bool AreConnected(Estate estate, Endpoint from, Endpoint to)
    {
        var (a, b) = (from.Vpc!.Value, to.Vpc!.Value);
        return a == b || estate.Peerings.Any(p => p.Status == "active" && (p.Requester.Vpc, p.Accepter.Vpc) is var ends && (ends == (a, b) || ends == (b, a)))
            || new[] { a, b }.All(v => estate.TransitGatewayAttachments.Any(t => t.Vpc == v));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private async Task<HashSet<string>> FindingsAsync()
    {
        var run = await Expect(ExitCode.Done, "audit", "live", "-o", "json", "--fail-on", "none");
        using var json = JsonDocument.Parse(run.Out);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!)];
    }

    private async Task<Run> Expect(ExitCode code, params ImmutableArray<string> args)
    {
        ImmutableArray<string> all = args.Contains("live") ? [.. args, "--region", "eu-west-1"] : args;
        var run = await Run.Sallyport(all, _lab.Environment(AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-worker").Scope.Account).ToDictionary());
        Assert.True(run.Code == code, $"sallyport {string.Join(' ', all)}\nexpected {code}, was {run.Code}\n{run.Error}");
        return run;
    }

    private static string WithoutRuleIds(string path) => RuleId().Replace(File.ReadAllText(path), "sgr-");

    [GeneratedRegex("sgr-[0-9a-f]+")]
    private static partial Regex RuleId();

    [GeneratedRegex("^(pl-[0-9a-f]+|[0-9a-f.:]+/[0-9]+.*)$")]
    private static partial Regex Blocks();
}
