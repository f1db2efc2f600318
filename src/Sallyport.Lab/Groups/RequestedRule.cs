using Sallyport.Estates;

namespace Sallyport.Lab.Groups;

/// <summary>One rule a request names: its identity and the description beside it.</summary>
/// <param name="Rule">Without id and tags.</param>
/// <param name="Description">Null when the request gives none.</param>
internal sealed record RequestedRule(SecurityGroupRule Rule, string? Description);
