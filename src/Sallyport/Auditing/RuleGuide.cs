namespace Sallyport.Auditing;

/// <summary>A rule in words, for <c>rules ID</c> and for the rule's page.</summary>
/// <param name="What">The condition, exactly enough to predict it.</param>
/// <param name="Why">What an attacker or an accident gains.</param>
/// <param name="Fix">What to do, in the imperative.</param>
/// <param name="Fires">An estate that the rule objects to, one statement a line: <c>group web</c>, then its rules indented.</param>
/// <param name="Quiet">A near twin that the rule leaves alone.</param>
public sealed record RuleGuide(string What, string Why, string Fix, string Fires, string Quiet);
