using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Fixing.Remedies;

/// <summary>
/// Groups that nothing carries. Deleting one cannot be taken back: EC2 gives a new id to whatever is created in its place, and
/// launch templates, which an estate does not hold, would go on naming the old one.
/// </summary>
internal sealed class UnusedGroupRemedies : RemedyMaker
{
    public override string Does => "asks: a deleted group cannot be brought back under its id, and launch templates that name it are not read.";

    public override Proposal Propose(Finding finding, SecurityGroup group, FixContext context) => Proposal.Ask(
        $"Does a launch template, a service or another account still name {NameOf(group)}? A deleted group cannot be brought back under its id.",
        $"aws ec2 delete-security-group --group-id {group.Id}", "keep it and waive the finding");
}
