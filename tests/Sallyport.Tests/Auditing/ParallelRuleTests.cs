using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

/// <summary>Rules may judge groups on several threads at a time, over one context, and say the same.</summary>
public sealed class ParallelRuleTests
{
    [Fact]
    public void Groups_on_two_threads_give_what_one_gives() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var options = AuditOptions.Default;
        var alone = Run(estate, options, threads: 1);
        Assert.NotEmpty(alone);
        Assert.Equal(alone, Run(estate, options, threads: 4));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void So_does_a_file_of_connections() => Prop.ForAll(ConnectionsGenerator.EstateAndFile.ToArbitrary(), drawn =>
    {
        var options = AuditOptions.Default with { Connections = drawn.File };
        Assert.Equal(Run(drawn.Estate, options, threads: 1), Run(drawn.Estate, options, threads: 4));
    }).QuickCheckThrowOnFailure();

    private static List<string> Run(Estate estate, AuditOptions options, int threads)
    {
        var context = new AuditContext(estate, options);
        var rules = RuleCatalogue.All.Where(r => r.IsImplemented && r.WhyNotAssessed(context) is null).ToList();
        var said = new ConcurrentBag<string>();
        Parallel.ForEach(estate.SecurityGroups, new ParallelOptions { MaxDegreeOfParallelism = threads }, group =>
        {
            var sink = new AuditSink(options);
            var facts = new GroupFacts(context, group);
            foreach (var rule in rules) rule.Check(facts, sink);
            foreach (var finding in sink.Findings) said.Add($"{finding.Rule} {finding.Resource.Id} {finding.Message} {string.Join(',', finding.Evidence)}");
            foreach (var unknown in sink.Unknown) said.Add(unknown.ToString());
        });
        return [.. said.Order(StringComparer.Ordinal)];
    }
}
