using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>A successful call of the EC2 API as CloudTrail records it, as far as every such record is alike.</summary>
/// <param name="Name">Such as <c>DeleteSecurityGroup</c>.</param>
/// <param name="Scope">Account and Region it is made in.</param>
internal readonly record struct ApiCall(string Name, Scope Scope)
{
    /// <summary>A field of the record: its text, null when no such record has the field, and unknown when they differ.</summary>
    public RecordField Field(string path) => path switch
    {
        "eventName" => RecordField.Of(Name),
        "eventSource" => RecordField.Of("ec2.amazonaws.com"),
        "eventType" => RecordField.Of("AwsApiCall"),
        "eventCategory" => RecordField.Of("Management"),
        "managementEvent" => RecordField.Of("true"),
        "readOnly" => RecordField.Of("false"),
        "awsRegion" => Scope.Region.Length > 0 ? RecordField.Of(Scope.Region) : RecordField.Unknown,
        "recipientAccountId" => Scope.Account.Length > 0 ? RecordField.Of(Scope.Account) : RecordField.Unknown,
        "errorCode" or "errorMessage" => RecordField.Absent,
        _ => RecordField.Unknown,
    };

    /// <summary>A field of the event that EventBridge makes of the record.</summary>
    public RecordField EventField(string path) => path switch
    {
        "source" => RecordField.Of("aws.ec2"),
        "detail-type" => RecordField.Of("AWS API Call via CloudTrail"),
        "account" => Field("recipientAccountId"),
        "region" => Field("awsRegion"),
        _ when path.StartsWith("detail.", StringComparison.Ordinal) => Field(path["detail.".Length..]),
        _ => RecordField.Unknown,
    };
}
