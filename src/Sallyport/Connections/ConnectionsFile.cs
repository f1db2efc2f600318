using System.Collections.Immutable;

namespace Sallyport.Connections;

/// <summary>
/// A connections file after binding: every name resolved within the file, every service parsed, places kept.
/// (contract: "The connections file"; reference: reachability-and-synthesis §8.2)
/// </summary>
public sealed record ConnectionsFile
{
    /// <summary>Accounts, Regions and VPCs the file speaks of; empty lists mean no restriction.</summary>
    public ConnectionsScope Scope { get; init; } = new();

    /// <summary>Managed groups, in file order.</summary>
    public ImmutableArray<GroupDeclaration> Groups { get; init; } = [];

    /// <summary>Ends that are no security group, in file order.</summary>
    public ImmutableArray<ExternalDeclaration> Externals { get; init; } = [];

    /// <summary>Named services, in file order.</summary>
    public ImmutableArray<ServiceDeclaration> Services { get; init; } = [];

    /// <summary>Declared connections, in file order; ids are unique.</summary>
    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>Half-rules kept by import.</summary>
    public ImmutableArray<Residual> Residuals { get; init; } = [];

    /// <summary>Assertions on the result.</summary>
    public ImmutableArray<ConnectionTest> Tests { get; init; } = [];

    /// <summary>Dated relaxations of tests.</summary>
    public ImmutableArray<TestExemption> Exceptions { get; init; } = [];

    /// <summary>The <c>settings</c> section, with defaults.</summary>
    public ConnectionsSettings Settings { get; init; } = new();
}
