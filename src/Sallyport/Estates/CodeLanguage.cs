namespace Sallyport.Estates;

/// <summary>In which language code declares a group.</summary>
public enum CodeLanguage
{
    /// <summary>Terraform: code, plan or state.</summary>
    Terraform,

    /// <summary>A CloudFormation template.</summary>
    CloudFormation,
}
