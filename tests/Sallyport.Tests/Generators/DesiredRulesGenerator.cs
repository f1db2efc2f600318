using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;

namespace Sallyport.Tests.Generators;

/// <summary>Declared states over generated estates: rules kept, dropped and added, some groups read-only, some not named.</summary>
internal static class DesiredRulesGenerator
{
    private static readonly string[] Ids = ["web-to-db", "db-to-backup", "residual:egress:web", "monitoring"];

    private static readonly Gen<ImmutableArray<string>> Owners =
        from mask in Gen.Choose(1, 15)
        select Ids.Where((_, i) => (mask & (1 << i)) != 0).Order(StringComparer.Ordinal).ToImmutableArray();

    /// <summary>An estate and what somebody declares for it.</summary>
    public static Gen<(Estate Estate, DesiredRules Desired)> Pair { get; } =
        from estate in EstateGenerator.Estate
        from desired in Of(estate)
        select (estate, desired);

    public static Gen<DesiredRules> Of(Estate estate) =>
        from changed in EstateGenerator.Changed(estate)
        from kinds in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(2))).ArrayOf(estate.SecurityGroups.Length)
        from unmanaged in Gen.Frequency((4, Gen.Constant(UnmanagedRules.Revoke)), (1, Gen.Constant(UnmanagedRules.Report)))
        from rules in Gen.CollectToArray(changed.SecurityGroups.Select(Declared))
        select new DesiredRules
        {
            Rules = [.. rules.SelectMany(r => r).OrderBy(r => r.Group).ThenBy(r => r.Key)],
            Groups = [.. changed.SecurityGroups.Zip(kinds).Where(p => p.Second != 2).Select(p => new ManagedGroup(p.First.Name, p.First.Id, p.First.Scope, p.Second == 1)).OrderBy(g => g.Id)],
            Unmanaged = unmanaged,
        };

    /// <summary>Declares exactly what an estate has.</summary>
    public static DesiredRules Exactly(Estate estate) => new()
    {
        Rules = [.. estate.SecurityGroups.SelectMany(g => g.Rules.Select(r => new DesiredRule(g.Id, r.Key, r.Description, ["imported"]))).OrderBy(r => r.Group).ThenBy(r => r.Key)],
        Groups = [.. estate.SecurityGroups.Select(g => new ManagedGroup(g.Name, g.Id, g.Scope, false)).OrderBy(g => g.Id)],
    };

    private static Gen<ImmutableArray<DesiredRule>> Declared(SecurityGroup owner) =>
        from owners in Owners.ArrayOf(owner.Rules.Length)
        select owner.Rules.Zip(owners, (r, o) => Declared(owner, r, o)).ToImmutableArray();

    private static DesiredRule Declared(SecurityGroup owner, SecurityGroupRule rule, ImmutableArray<string> origins) =>
        new(owner.Id, rule.Key, $"because [{origins[0]}]", origins);
}
