using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Pods get the labels that say where their node is (KEP-4742): new ones that name a node, and others with their binding. Does
/// nothing while the feature is off.
/// </summary>
internal sealed class PodTopologyLabels(Func<ResourceEndpoint> nodes) : IMutatingAdmission
{
    // As v1.33 has them.
    private static readonly string[] Labels = ["topology.k8s.io/region", "topology.k8s.io/zone"];

    public string Name => "PodTopologyLabels";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || request.Type.ClrType != typeof(Pod) || !FeatureGates.IsOn(KnownFeatures.PodTopologyLabelsAdmission))
        {
            return;
        }

        var node = (request.Subresource, request.Object) switch
        {
            ("", Pod pod) => pod.Spec.NodeName,
            ("binding", Binding { Target.Kind: "Node" } binding) => binding.Target.Name,
            _ => "",
        };
        if (node.Length == 0 || await nodes().Store.FindAsync("", node, cancellationToken) is not { } found)
        {
            return;
        }

        var body = request.Object!;
        var labels = found.Decode().Metadata.Labels.Where(static label => Labels.Contains(label.Key));
        request.Object = body with { Metadata = body.Metadata with { Labels = Merge(body.Metadata.Labels, labels) } };
    }

    /// <summary>Labels that are there already stay as they are.</summary>
    internal static ApiMap<string> Merge(ApiMap<string> labels, IEnumerable<KeyValuePair<string, string>> added) =>
        added.Where(label => !labels.ContainsKey(label.Key)).Aggregate(labels, static (all, label) => all.With(label.Key, label.Value));
}
