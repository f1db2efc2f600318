using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;
using Sallyport.Templates.Json;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Connections.Compiling;

public sealed class CompilerLawTests
{
    [Fact]
    public void Reading_what_was_written_gives_the_same_rules() => ForAll(c =>
    {
        var read = ConnectionsReader.Read(ConnectionsGenerator.ToYaml(c.File), "c.yaml");
        Assert.NotNull(read.Value);
        Assert.Equal(Json(Compile(c.File, c.Estate)), Json(Compile(read.Value, c.Estate)));
    });

    [Fact]
    public void Rules_are_exactly_those_a_dumb_compiler_writes() => ForAll(c =>
    {
        // Over the quota rules are merged; then the two allow the same.
        var rules = Compile(c.File, c.Estate).Rules;
        var expected = DumbCompile(c.File, c.Estate);
        if (c.File.Settings.RulesPerGroup == 60)
        {
            Assert.Equal(expected.Keys.Order(), rules.Select(r => (r.Group, r.Key)));
            Assert.All(rules, r => Assert.Equal(expected[(r.Group, r.Key)].Order(StringComparer.Ordinal), r.Origins));
        }

        foreach (var side in expected.Keys.GroupBy(k => (k.Group, k.Key.Direction)))
        {
            var compiled = rules.Where(r => r.Group == side.Key.Group && r.Key.Direction == side.Key.Direction).Select(r => r.Key).ToList();
            Assert.Equal(AllowedTraffic.Of(side.Select(k => k.Key)), AllowedTraffic.Of(compiled));
            Assert.True(compiled.Count <= side.Count());
            Assert.Equal(compiled.Count, compiled.Distinct().Count());
        }
    });

    [Fact]
    public void Both_sides_mirror_each_other() => ForAll(c =>
    {
        var file = c.File with { Residuals = [], Connections = [.. c.File.Connections.Where(x => x.Sides == ConnectionSides.Both)], Settings = new ConnectionsSettings() };
        var rules = Compile(file, c.Estate);
        var writable = rules.Groups.Where(g => !g.IsReadOnly).Select(g => g.Id).ToHashSet();
        var all = rules.Rules.Select(r => (r.Group, r.Key.Direction, r.Key.Service, (r.Key.Peer as GroupPeer)?.Group)).ToHashSet();
        foreach (var rule in rules.Rules)
        {
            if (rule.Key.Peer is not GroupPeer { Group: var far } || !writable.Contains(far)) continue;
            var mirror = (far, rule.Key.Direction == Direction.Ingress ? Direction.Egress : Direction.Ingress, rule.Key.Service, (SecurityGroupId?)rule.Group);
            Assert.Contains(mirror, all);
        }
    });

    [Fact]
    public void Order_within_the_file_changes_no_byte()
    {
        var pair = from c in ConnectionsGenerator.EstateAndFile
                   from shuffled in ConnectionsGenerator.Shuffled(c.File)
                   select (c.Estate, c.File, Shuffled: shuffled);
        Prop.ForAll(pair.ToArbitrary(), p => Assert.Equal(Json(Compile(p.File, p.Estate)), Json(Compile(p.Shuffled, p.Estate)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Renaming_groups_renames_the_rules_and_nothing_else() => ForAll(c =>
    {
        // Names are turned round: the first becomes the last.
        var last = c.File.Groups.Length - 1;
        string Rename(string name) => name[0] == 'g' && int.TryParse(name.AsSpan(1), out var n) ? $"g{last - n}" : name;
        ImmutableArray<string> RenameAll(ImmutableArray<string> names) => [.. names.Select(Rename)];
        var renamed = c.File with
        {
            Groups = [.. c.File.Groups.Select(g => g with { Name = Rename(g.Name) })],
            Connections = [.. c.File.Connections.Select(x => x with { From = RenameAll(x.From), To = RenameAll(x.To) })],
            Residuals = [.. c.File.Residuals.Select(r => r with { Group = Rename(r.Group), Peer = Rename(r.Peer) })],
        };
        var (before, after) = (Compile(c.File, c.Estate), Compile(renamed, c.Estate));
        Assert.Equal(before.Rules.Select(r => (r.Group, r.Key)), after.Rules.Select(r => (r.Group, r.Key)));
        Assert.Equal(before.Groups.Select(g => (g.Id, Rename(g.Name))), after.Groups.Select(g => (g.Id, g.Name)));
    });

    [Fact]
    public void Removing_one_of_two_owners_leaves_the_rule() => ForAll(c =>
    {
        var file = c.File with { Settings = new ConnectionsSettings() };
        var before = Compile(file, c.Estate);
        foreach (var gone in file.Connections)
        {
            var after = Compile(file with { Connections = [.. file.Connections.Where(x => x.Id != gone.Id)] }, c.Estate).Rules.ToDictionary(r => (r.Group, r.Key));
            foreach (var rule in before.Rules)
            {
                var left = rule.Origins.Remove(gone.Id);
                Assert.Equal(!left.IsEmpty, after.ContainsKey((rule.Group, rule.Key)));
                if (!left.IsEmpty) Assert.Equal(left, after[(rule.Group, rule.Key)].Origins);
            }
        }
    });

    [Fact]
    public void Every_text_fits_EC2() => ForAll(c => Assert.All(Compile(c.File, c.Estate).Rules, r =>
    {
        Assert.Matches("^[a-zA-Z0-9 ._\\-:/()#,@\\[\\]+=;{}!$*]{1,255}$", r.Description);
        var tag = OwnershipTag.Of(r.Origins);
        Assert.InRange(tag.Value.Length, 1, OwnershipTag.MaxLength);
        Assert.True(OwnershipTag.TryParse(tag.Value, out var read));
        Assert.Equal(tag, read);
    }));

    private static void ForAll(Action<(Estate Estate, ConnectionsFile File)> law) =>
        Prop.ForAll(ConnectionsGenerator.EstateAndFile.ToArbitrary(), law).QuickCheckThrowOnFailure();

    private static DesiredRules Compile(ConnectionsFile file, Estate estate)
    {
        var result = Compiler.Compile(file, estate);
        Assert.True(result.Value is not null, string.Join("\n", result.Diagnostics));
        return result.Value;
    }

    private static string Json(DesiredRules rules)
    {
        using var stream = new MemoryStream();
        new JsonRulesWriter().Write(rules, null, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>One loop inside the other, straight from the words of the file.</summary>
    private static Dictionary<(SecurityGroupId Group, RuleKey Key), HashSet<string>> DumbCompile(ConnectionsFile file, Estate estate)
    {
        var rules = new Dictionary<(SecurityGroupId, RuleKey), HashSet<string>>();
        var groups = file.Groups.ToDictionary(g => g.Name);
        foreach (var c in file.Connections)
        {
            foreach (var from in c.From)
            {
                foreach (var to in c.To)
                {
                    foreach (var service in c.Services)
                    {
                        if (c.Sides is ConnectionSides.Both or ConnectionSides.Egress && groups.TryGetValue(from, out var source) && !source.IsReadOnly)
                        {
                            foreach (var peer in Peers(to)) Add(source.Sg!.Value, new RuleKey(Direction.Egress, service, peer), c.Id);
                        }

                        if (c.Sides is ConnectionSides.Both or ConnectionSides.Ingress && groups.TryGetValue(to, out var target) && !target.IsReadOnly)
                        {
                            foreach (var peer in Peers(from)) Add(target.Sg!.Value, new RuleKey(Direction.Ingress, service, peer), c.Id);
                        }
                    }
                }
            }
        }

        foreach (var r in file.Residuals.Where(r => !groups[r.Group].IsReadOnly))
        {
            foreach (var peer in Peers(r.Peer))
            {
                Add(groups[r.Group].Sg!.Value, new RuleKey(r.Direction, r.Services[0], peer), $"residual:{r.Direction.ToString().ToLowerInvariant()}:{r.Group}:{r.Peer}");
            }
        }

        return rules;

        IEnumerable<Peer> Peers(string name)
        {
            if (groups.TryGetValue(name, out var group)) return [new GroupPeer(group.Sg!.Value)];
            if (name.StartsWith("sg-", StringComparison.Ordinal)) return [new GroupPeer(new SecurityGroupId(name))];
            if (name.StartsWith("pl-", StringComparison.Ordinal)) return [new PrefixListPeer(new PrefixListId(name))];
            if (name.Contains('/', StringComparison.Ordinal)) return [new CidrPeer(Cidr.Parse(name))];
            var external = file.Externals.Single(e => e.Name == name);
            if (external.PrefixList is null) return external.Cidrs.Select(c => new CidrPeer(c));
            return [new PrefixListPeer(estate.PrefixLists.Single(l => l.Id.Value == external.PrefixList || l.Name == external.PrefixList).Id)];
        }

        void Add(SecurityGroupId group, RuleKey key, string origin)
        {
            if (!rules.TryGetValue((group, key), out var origins)) rules[(group, key)] = origins = [];
            origins.Add(origin);
        }
    }
}
