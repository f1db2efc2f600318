namespace Sallyport.Tests.Generators;

/// <summary>What <see cref="NetworkOracle"/> says of one packet at one layer.</summary>
internal enum OracleAnswer
{
    Yes,
    Partly,
    No,
    Unknown,
}
