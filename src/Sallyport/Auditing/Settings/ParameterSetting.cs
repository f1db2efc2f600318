namespace Sallyport.Auditing.Settings;

/// <summary>A value for a parameter, in the syntax of its kind.</summary>
/// <param name="Name">The parameter's name and where it is set.</param>
/// <param name="Value">As written; a list joined with commas.</param>
public sealed record ParameterSetting(Written Name, string Value);
