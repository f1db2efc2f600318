namespace Sallyport.Connections.Importing;

/// <summary>One thing that tightening did or could not decide, for people.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Group">Name of the group whose rules are concerned.</param>
/// <param name="Text">One sentence with names of the file.</param>
public sealed record TightenChange(TightenKind Kind, string Group, string Text);
