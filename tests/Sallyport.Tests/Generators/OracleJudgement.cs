using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>What <see cref="NetworkOracle"/> says of one packet; of ACLs only where the routes carry it for certain.</summary>
internal sealed record OracleJudgement(OracleAnswer? Nacl, OracleAnswer Route, Address? SeenAs, bool ReferencesApply);
