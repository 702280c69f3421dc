using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.Pods;

/// <summary>Makes pods from a template.</summary>
internal static class PodFactory
{
    private const int NameLengthMax = 253;

    /// <summary>A pod whose name begins with its owner's and which the owner controls.</summary>
    public static Pod FromTemplate(PodTemplateSpec template, ApiObject owner) => new()
    {
        Metadata = new()
        {
            Namespace = owner.Metadata.Namespace,
            GenerateName = Prefix(owner.Metadata.Name),
            Labels = template.Metadata.Labels,
            Annotations = template.Metadata.Annotations,
            Finalizers = template.Metadata.Finalizers,
            OwnerReferences = [OwnerReferences.ControlledBy(owner)],
        },
        Spec = template.Spec,
    };

    // The server cuts a prefix that is too long; only a prefix that could not begin a name at all loses its dash.
    private static string Prefix(string ownerName) => ownerName.Length < NameLengthMax ? ownerName + "-" : ownerName;
}
