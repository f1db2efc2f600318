namespace Sallyport.Yaml;

/// <summary>One key of a <see cref="MapNode"/> with its value.</summary>
internal sealed record MapEntry(ScalarNode Key, SyntaxNode Value);
