using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Connections.Writing;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Importing;

public sealed class ImportLawsTests
{
    private static readonly ImportOptions Options = new(new DateOnly(2026, 11, 21));

    /// <summary>Estates whose groups also have colliding, hostile and foreign names.</summary>
    private static readonly Gen<Estate> Estates =
        from estate in EstateGenerator.Estate
        from names in Gen.Elements("web", "Web", "web!", "default", "", "internet", "sg-0000abcd", "ElasticMapReduce-slave", "yes", "数据库", "a-to-b").ArrayOf(estate.SecurityGroups.Length)
        from renamed in Gen.Elements(true, false)
        select renamed
            ? EstateGenerator.Assemble(estate.SecurityGroups.Select((g, i) => g with { Name = names[i] }), estate.NetworkInterfaces)
            : estate;

    [Fact]
    public void Compiling_an_import_gives_the_rules_of_the_estate() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var file = Importer.Import(estate, Options).File;
        Assert.Equal(PlainCompile.Text(PlainCompile.RulesOf(estate, file)), PlainCompile.Text(PlainCompile.Compile(file, estate)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_compiler_takes_every_import_without_an_error_and_gives_the_rules_of_the_estate() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var file = Importer.Import(estate, Options).File;
        var compiled = Compiler.Compile(file, estate);
        Assert.True(compiled.IsOk, string.Join('\n', compiled.Diagnostics));
        var rules = PlainCompile.RulesOf(estate, file);
        foreach (var group in rules.Keys.ToList()) rules[group] = [.. compiled.Value.Rules.Where(r => r.Group == group).Select(r => r.Key)];
        Assert.Equal(PlainCompile.Text(PlainCompile.RulesOf(estate, file)), PlainCompile.Text(rules));
        Assert.All(compiled.Value.Rules, r => Assert.Contains(r.Group, rules.Keys));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_rule_has_exactly_one_origin_and_keeps_its_id_description_and_tags() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var result = Importer.Import(estate, Options);
        Assert.Equal(estate.SecurityGroups.SelectMany(g => g.Rules), result.Rules.Select(r => r.Rule));
        var known = result.File.Connections.Select(c => c.Id).Append(ImportedRule.Residual).Append(ImportedRule.ReadOnly).ToHashSet();
        Assert.All(result.Rules, r => Assert.Contains(r.Origin, known));
        Assert.Equal(
            result.File.Connections.Select(c => c.Id),
            result.Rules.Select(r => r.Origin).Where(o => o is not (ImportedRule.Residual or ImportedRule.ReadOnly)).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            result.File.Residuals.Sum(r => r.Services.Length),
            result.Rules.Count(r => r.Origin == ImportedRule.Residual));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_and_ids_are_valid_and_unique() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var file = Importer.Import(estate, Options).File;
        var names = file.Groups.Select(g => g.Name).Concat(file.Externals.Select(e => e.Name)).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(file.Connections.Length, file.Connections.DistinctBy(c => c.Id).Count());
        Assert.All(names.Concat(file.Connections.Select(c => c.Id)), n => Assert.Matches("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", n));
        Assert.Equal(estate.SecurityGroups.Select(g => g.Id).Order(), file.Groups.Select(g => g.Sg!.Value).Order());
        Assert.All(file.Connections, c => Assert.False(string.IsNullOrWhiteSpace(c.Reason)));
        Assert.DoesNotContain("internet", file.Groups.Select(g => g.Name));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_input_changes_no_byte()
    {
        var shuffled = from estate in Estates
                       from seed in Gen.Choose(0, 1_000_000)
                       select (estate, Shuffle(estate, seed));
        Prop.ForAll(shuffled.ToArbitrary(), pair => Assert.Equal(Yaml(pair.estate), Yaml(pair.Item2))).QuickCheckThrowOnFailure();

        static Estate Shuffle(Estate estate, int seed)
        {
            var groups = estate.SecurityGroups.Select((g, i) => (Key: Mix(seed, i), Group: g with { Rules = [.. g.Rules.Select((r, j) => (Key: Mix(seed, j), Rule: r)).OrderBy(r => r.Key).Select(r => r.Rule)] }));
            return EstateGenerator.Assemble(groups.OrderBy(g => g.Key).Select(g => g.Group), estate.NetworkInterfaces.Reverse());
        }

        static int Mix(int seed, int i) => unchecked((seed ^ (i * 7919)) * 31_337) % 1009;

        static string Yaml(Estate estate)
        {
            var text = new StringWriter();
            ConnectionsWriter.Write(Importer.Import(estate, Options).File, text);
            return text.ToString();
        }
    }

    /// <summary>
    /// R2, as far as it can hold: ids, names and the grouping of services into connections are import's own, so the normal form
    /// of a file is, per pair of ends, which services are declared on both sides, on the source alone, on the target alone.
    /// </summary>
    [Fact]
    public void Importing_what_was_compiled_gives_the_same_declarations()
    {
        var gen = from estate in EstateGenerator.Estate
                  from changed in EstateGenerator.Changed(estate)
                  let file = Importer.Import(estate, Options).File
                  let other = Importer.Import(changed, Options).File
                  from keep in Gen.Elements(true, false).ArrayOf(file.Connections.Length)
                  select (estate, File: file with
                  {
                      // Half of one import's connections beside another's: shared tuples, halves that complete each other.
                      Connections = [.. file.Connections.Where((_, i) => keep[i]), .. Halves(other).Where(c => Knows(file, c)).Select(c => c with { Id = $"{c.Id}-x" })],
                      Residuals = [],
                  });
        Prop.ForAll(gen.ToArbitrary(), p =>
        {
            var compiled = PlainCompile.Compile(p.File, p.estate);
            var applied = EstateGenerator.Assemble(
                p.estate.SecurityGroups.Select(g => g with { Rules = [.. compiled[g.Id].Select(k => new SecurityGroupRule(k.Direction, k.Service, k.Peer))] }),
                p.estate.NetworkInterfaces);
            Assert.Equal(Normalise(p.File, p.estate), Normalise(Importer.Import(applied, Options).File, applied));
        }).QuickCheckThrowOnFailure();

        static IEnumerable<Connection> Halves(ConnectionsFile file) => file.Connections.Select((c, i) => i % 3 == 0 && file.Groups.Any(g => g.Name == c.From[0]) && file.Groups.Any(g => g.Name == c.To[0])
            ? c with { Sides = ConnectionSides.Ingress, Reason = "half" }
            : c);

        static bool Knows(ConnectionsFile file, Connection connection) =>
            connection.From.Concat(connection.To).All(n => file.Groups.Any(g => g.Name == n) || file.Externals.Any(e => e.Name == n));
    }

    [Fact]
    public void Egress_to_the_whole_internet_is_always_a_residual() => Prop.ForAll(Estates.ToArbitrary(), estate =>
    {
        var file = Importer.Import(estate, Options).File;
        var open = file.Externals.Where(e => e.Cidrs.Any(c => c.PrefixLength == 0)).Select(e => e.Name).ToHashSet();
        Assert.DoesNotContain(file.Connections, c => c.To.Any(open.Contains));
        foreach (var group in estate.SecurityGroups)
        {
            // No union of what stays declared lets any packet class out to everywhere.
            var name = file.Groups.Single(g => g.Sg == group.Id).Name;
            var blocks = file.Connections.Where(c => c.From.Contains(name))
                .SelectMany(c => file.Externals.Where(e => c.To.Contains(e.Name)).SelectMany(e => e.Cidrs.SelectMany(b => c.Services.Select(s => (Block: b, Service: s)))))
                .ToList();
            foreach (var (protocol, a, b) in PacketPool.Headers)
            {
                var matching = blocks.Where(x => RuleOracle.MatchesService(x.Service, protocol, a, b)).Select(x => x.Block).ToList();
                Assert.False(AddressSet.Of(IpFamily.V4, matching).IsFull);
                Assert.False(AddressSet.Of(IpFamily.V6, matching).IsFull);
            }
        }
    }).QuickCheckThrowOnFailure();

    private static string Normalise(ConnectionsFile file, Estate estate)
    {
        var compiled = PlainCompile.Compile(file, estate);
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (group, rules) in compiled)
        {
            foreach (var rule in rules)
            {
                var mirror = rule.Peer is GroupPeer peer && compiled.TryGetValue(peer.Group, out var far)
                    && far.Contains(new RuleKey(rule.Direction == Direction.Egress ? Direction.Ingress : Direction.Egress, rule.Service, new GroupPeer(group)));
                lines.Add($"{group} {rule}{(mirror ? " both" : string.Empty)}");
            }
        }

        // What the file says must be what its rules say: "both" exactly where both halves are there.
        var groups = file.Groups.ToDictionary(g => g.Name, g => g.Sg!.Value);
        foreach (var connection in file.Connections.Where(c => c.Sides == ConnectionSides.Both && groups.ContainsKey(c.From[0]) && groups.ContainsKey(c.To[0])))
        {
            foreach (var service in connection.Services) Assert.Contains($"{groups[connection.To[0]]} {new RuleKey(Direction.Ingress, service, new GroupPeer(groups[connection.From[0]]))} both", lines);
        }

        return string.Join('\n', lines);
    }
}
