using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>The templates that kinds make pods from.</summary>
internal static class PodTemplates
{
    /// <summary>The template of a workload; null for what makes no pods.</summary>
    public static PodTemplateSpec? Of(ApiObject value) => value switch
    {
        ReplicaSet set => set.Spec.Template,
        Deployment deployment => deployment.Spec.Template,
        _ => null,
    };
}
