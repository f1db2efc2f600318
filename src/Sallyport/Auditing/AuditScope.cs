using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>What an audit looked at.</summary>
/// <param name="Accounts">Sorted.</param>
/// <param name="Regions">Sorted.</param>
/// <param name="Groups">Number of security groups.</param>
/// <param name="Rules">Number of their rules.</param>
/// <param name="Interfaces">Number of interfaces.</param>
public sealed record AuditScope(ImmutableArray<string> Accounts, ImmutableArray<string> Regions, int Groups, int Rules, int Interfaces);
