using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>A test of the connections file with its names found in an estate, so that it can be run without the file.</summary>
/// <param name="Id">Its id in the file.</param>
/// <param name="Kind">What is asserted.</param>
/// <param name="From">Never empty, except for <c>only</c>: nobody may.</param>
/// <param name="To">Never empty.</param>
/// <param name="Services">Empty means any service.</param>
public sealed record BoundTest(string Id, TestKind Kind, ImmutableArray<BoundEnd> From, ImmutableArray<BoundEnd> To, ImmutableArray<Service> Services)
{
    /// <summary>True for <c>layer: effective</c>: ACLs, routes and public addresses count too.</summary>
    public bool IsEffective { get; init; }

    /// <summary>A <c>must</c> that holds although a group has no member, when its rules alone would do.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Exceptions of this test, expired ones too, in file order.</summary>
    public ImmutableArray<BoundExemption> Exemptions { get; init; } = [];

    /// <summary>What is asserted, as people read it: <c>never internet -> db tcp/22</c>.</summary>
    public string Claim
    {
        get
        {
            var services = Services.IsEmpty ? "any" : string.Join(", ", Services);
            var layer = IsEffective ? " (effective)" : string.Empty;
            return Kind == TestKind.Only
                ? $"only {(From.IsEmpty ? "nobody" : Names(From))} -> {Names(To)} {services}{layer}"
                : $"{(Kind == TestKind.Must ? "must" : "never")} {Names(From)} -> {Names(To)} {services}{layer}";
        }
    }

    private static string Names(ImmutableArray<BoundEnd> ends) => string.Join(", ", ends.Select(e => e.Name));
}
