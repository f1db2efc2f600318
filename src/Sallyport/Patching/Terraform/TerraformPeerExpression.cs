namespace Sallyport.Patching.Terraform;

/// <summary>How a rule names its far end.</summary>
/// <param name="Inline">The argument of a block inside the group; <c>self</c> takes no list.</param>
/// <param name="Standalone">The argument of a rule resource.</param>
/// <param name="Text">The expression.</param>
internal sealed record TerraformPeerExpression(string Inline, string Standalone, string Text);
