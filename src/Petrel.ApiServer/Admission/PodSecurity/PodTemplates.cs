using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Batch;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>The templates that kinds make pods from.</summary>
internal static class PodTemplates
{
    /// <summary>The template of a workload; null for what makes no pods, or has no template yet.</summary>
    public static PodTemplateSpec? Of(ApiObject value) => value switch
    {
        ReplicaSet set => set.Spec.Template,
        Deployment deployment => deployment.Spec.Template,
        DaemonSet set => set.Spec.Template,
        StatefulSet set => set.Spec.Template,
        Job job => job.Spec.Template,
        CronJob job => job.Spec.JobTemplate.Spec.Template,
        ReplicationController controller => controller.Spec.Template,
        PodTemplate template => template.Template,
        _ => null,
    };
}
