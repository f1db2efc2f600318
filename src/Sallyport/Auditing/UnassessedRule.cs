namespace Sallyport.Auditing;

/// <summary>A rule that was wanted and could not be judged at all in this run: neither pass nor fail for anything.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Why">One clause: what nobody gave.</param>
public sealed record UnassessedRule(AuditRule Rule, string Why);
