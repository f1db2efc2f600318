namespace Sallyport.Templates.CloudFormation;

/// <summary>What CloudFormation takes. (CloudFormation user guide: quotas)</summary>
internal static class CloudFormationLimits
{
    /// <summary>Resources of one template.</summary>
    public const int Resources = 500;

    /// <summary>Parameters of one template.</summary>
    public const int Parameters = 200;

    /// <summary>Bytes of a template in S3: 1 MB, taken in tens so that either reading of it is kept.</summary>
    public const int Bytes = 1_000_000;

    /// <summary>Bytes of a template in a request.</summary>
    public const int DirectBytes = 51_200;

    /// <summary>Characters of a logical id.</summary>
    public const int LogicalId = 255;

    /// <summary>Nested templates that are written at most.</summary>
    public const int Parts = 256;
}
