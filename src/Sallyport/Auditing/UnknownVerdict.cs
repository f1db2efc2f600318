namespace Sallyport.Auditing;

/// <summary>A rule could not be judged for a resource: neither a finding nor a pass.</summary>
/// <param name="Rule">Id of the audit rule.</param>
/// <param name="Resource">What could not be judged.</param>
/// <param name="Gap">One clause: what is missing.</param>
public sealed record UnknownVerdict(string Rule, FindingResource Resource, string Gap);
