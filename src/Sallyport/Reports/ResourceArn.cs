using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>What names a finding's resource to AWS's own tools.</summary>
internal static class ResourceArn
{
    /// <summary>The ARN. A whole account and Region has none: it is <c>AWS::::Account:111122223333</c>, as Security Hub writes it.</summary>
    public static string Of(FindingResource resource) =>
        resource.Arn ?? $"{resource.Type}:{(resource.Scope.Account.Length > 0 ? resource.Scope.Account : resource.Id)}";
}
