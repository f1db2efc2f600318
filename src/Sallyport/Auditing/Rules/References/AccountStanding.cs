namespace Sallyport.Auditing.Rules.References;

/// <summary>What is known of an account, from the best to the worst.</summary>
internal enum AccountStanding
{
    /// <summary>Trusted by <c>accounts.trusted</c>.</summary>
    Trusted,

    /// <summary>One of the estate's, or of <c>accounts.own</c>.</summary>
    Own,

    /// <summary>Neither.</summary>
    Unknown,
}
