using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Tests.Generators;

namespace Sallyport.Cli.Tests;

/// <summary>The two changes a reviewer meets first: the demo's tightening, and one rule that opens SSH to the world.</summary>
public sealed class AcmeDiffTests
{
    [Fact]
    public void Tightening_narrows_and_every_witness_is_the_oracle_s()
    {
        var before = AcmeEstate.Create();
        var imported = Importer.Import(before, new ImportOptions(new DateOnly(2026, 11, 21))).File;
        var desired = Compiler.Compile(Tightener.Tighten(before, imported).File, before).Value!;
        var after = PlannedEstate.After(before, new Planner().Plan(before, desired).Value!);
        var report = SemanticDiff.Between(before, after);
        Assert.Equal(DiffRelation.Narrows, report.Relation);
        Assert.Empty(report.Added);
        Assert.NotEmpty(report.Removed);
        Assert.All(report.Removed, box =>
        {
            Assert.Equal(Verdict.Allowed, Oracle(before, box.Witness!));
            Assert.NotEqual(Verdict.Allowed, Oracle(after, box.Witness!));
            Assert.NotEmpty(box.Because);
        });
    }

    [Fact]
    public void One_rule_that_opens_ssh_to_the_world_widens_and_is_named()
    {
        var before = AcmeEstate.Create();
        var group = before.SecurityGroups.First(g => g.Name == "shop-api");
        var rule = new PlanRule(new RuleKey(Direction.Ingress, Service.Tcp(22), new CidrPeer(Cidr.AnyV4)));
        var step = new PlanStep(1, PlanAction.Authorize, group.Scope, group.Id, Direction.Ingress, [rule]);
        var after = PlannedEstate.After(before, new Plan { EstateDigest = "", Steps = [step] });
        var report = SemanticDiff.Between(before, after);
        Assert.Equal(DiffRelation.Widens, report.Relation);
        Assert.Empty(report.Removed);
        Assert.Equal("tcp/22", Assert.Single(report.Added.Select(b => b.Services.ToString()).Distinct()));
        Assert.All(report.Added, box =>
        {
            Assert.Equal(group.Id, box.To.Group);
            Assert.Contains(box.Because, c => c.Text.Contains("ingress tcp/22 from 0.0.0.0/0", StringComparison.Ordinal));
            Assert.NotEqual(Verdict.Allowed, Oracle(before, box.Witness!));
            Assert.Equal(Verdict.Allowed, Oracle(after, box.Witness!));
        });
        Assert.Contains(report.Added, box => box.From.Blocks.Any(c => c.PrefixLength == 0));
    }

    private static Verdict Oracle(Estate estate, Witness witness)
    {
        var protocol = witness.Protocol.Number;
        return new ReachOracle(estate).Judge(witness.From, witness.To, protocol, witness.Port ?? witness.Type ?? 0, witness.Code ?? 0);
    }
}
