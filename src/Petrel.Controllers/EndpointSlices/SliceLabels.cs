using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Controllers.Endpoints;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>Names and labels of the slices of a Service.</summary>
internal static class SliceLabels
{
    public const string ServiceName = "kubernetes.io/service-name";
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string Controller = "endpointslice-controller.k8s.io";

    /// <summary>The Service that the slice is kept for by this controller; null for slices of others.</summary>
    public static string? ServiceOf(EndpointSlice slice) =>
        slice.Metadata.Labels.GetValueOrDefault(ManagedBy) == Controller ? slice.Metadata.Labels.GetValueOrDefault(ServiceName) : null;

    /// <summary>The Service's labels, and those that say whose the slice is.</summary>
    public static ApiMap<string> For(Service service)
    {
        var labels = service.Metadata.Labels.Without(ServicePods.HeadlessLabel);
        labels = ServicePods.IsHeadless(service) ? labels.With(ServicePods.HeadlessLabel, "") : labels;
        return labels.With(ServiceName, service.Metadata.Name).With(ManagedBy, Controller);
    }
}
