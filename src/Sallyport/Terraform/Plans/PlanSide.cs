namespace Sallyport.Terraform.Plans;

/// <summary>Which of the two estates of a plan is meant.</summary>
public enum PlanSide
{
    /// <summary>As it is now.</summary>
    Before,

    /// <summary>As it will be once the plan is applied.</summary>
    After,
}
