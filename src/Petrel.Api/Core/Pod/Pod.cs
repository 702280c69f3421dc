using Petrel.Api.Policy;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Containers that run together on one node and share network and volumes.</summary>
[ApiType("io.k8s.api.core.v1.Pod")]
public sealed partial record Pod : ApiObject, IResource<Pod>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IGracefulDelete, ISelectable, IPrintable, IHasCompletion, IHasUpdatableParts, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "Pod", "pods")
    {
        Columns = PodTable.Columns,
        DeleteReturnsObject = true,
        ShortNames = ["po"],
        Categories = ["all"],
        Subresources =
        [
            Subresource.Stream("attach", PodAttachOptions.Schema),
            new("binding", Verbs.Create, new GroupVersionKind("", "", "Binding")) { Body = Binding.Schema },
            new("ephemeralcontainers", Verbs.GetPatchUpdate),
            new("eviction", Verbs.Create, new GroupVersionKind("policy", "v1", "Eviction")) { Body = Eviction.Schema },
            Subresource.Stream("exec", PodExecOptions.Schema),
            new("log", Verbs.Get) { Options = PodLogOptions.Schema },
            Subresource.Stream("portforward", PodPortForwardOptions.Schema),
            Subresource.Proxy(PodProxyOptions.Schema),
            new("resize", Verbs.GetPatchUpdate),
            new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata.deletionTimestamp", "metadata.ownerReferences", "spec"] },
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the pod is to run, and how. Most of it cannot be changed.</summary>
    [Field(2, Always = true)]
    public PodSpec Spec { get; init; } = PodSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PodStatus Status { get; init; } = PodStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults()
    {
        var spec = Spec.WithDefaults();
        spec = spec with
        {
            EnableServiceLinks = spec.EnableServiceLinks ?? true,
            Containers = spec.Containers.ConvertAll(container => container.WithPodDefaults(spec.HostNetwork)),
            InitContainers = spec.InitContainers.ConvertAll(container => container.WithPodDefaults(spec.HostNetwork)),
        };
        return this with
        {
            Spec = spec with { Resources = PodLevelResources.WithDefaults(spec) },
            Status = Status.WithDefaults(),
        };
    }

    /// <summary>A pod starts pending, with the class that its resources give it, and waits while it has scheduling gates.</summary>
    public ApiObject PrepareForCreate()
    {
        var spec = DisabledFields.Drop(Spec, null);
        return AppArmorAnnotations.Complete(this with
        {
            Spec = spec with
            {
                TerminationGracePeriodSeconds = spec.TerminationGracePeriodSeconds < 0 ? 1 : spec.TerminationGracePeriodSeconds,
                Affinity = spec.Affinity?.WithLabelKeys(Metadata.Labels),
            },
            Status = new PodStatus
            {
                Phase = "Pending",
                QosClass = QualityOfService.ClassOf(spec),
                Conditions = spec.SchedulingGates.IsEmpty ? default : [PodCondition.SchedulingGated with { LastTransitionTime = Metadata.CreationTimestamp }],
            },
        });
    }

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = DisabledFields.Drop(Spec, ((Pod)old).Spec),
        Status = ((Pod)old).Status,
    };

    /// <inheritdoc/>
    public ApiObject PrepareForPartUpdate(string subresource, ApiObject old) => subresource switch
    {
        "ephemeralcontainers" => PodEphemeralContainersUpdate.Prepare(this, (Pod)old),
        "resize" => PodResize.Prepare(this, (Pod)old),
        _ => throw new ArgumentOutOfRangeException(nameof(subresource), subresource, "no part of a pod"),
    };

    /// <inheritdoc/>
    public void ValidatePartUpdate(string subresource, ApiObject old, FieldErrors errors)
    {
        if (subresource == "ephemeralcontainers")
        {
            PodEphemeralContainersUpdate.Validate(this, (Pod)old, errors);
        }
        else
        {
            PodResize.Validate(this, (Pod)old, errors);
        }
    }

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((Pod)other).Status };

    /// <summary>Owners stay as they are: node agents used to send them back damaged.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var pod = (Pod)old;
        return pod with
        {
            Metadata = Metadata with { OwnerReferences = pod.Metadata.OwnerReferences, DeletionTimestamp = pod.Metadata.DeletionTimestamp },
            Status = Status with { QosClass = Status.QosClass.Length == 0 ? pod.Status.QosClass : Status.QosClass },
        };
    }

    /// <summary>A pod that no node runs, or that has ended, needs no time to end.</summary>
    public long GracePeriodSeconds(long? requested)
    {
        if (Spec.NodeName.Length == 0 || Status.Phase is "Failed" or "Succeeded")
        {
            return 0;
        }

        return (requested ?? Spec.TerminationGracePeriodSeconds ?? 0) is var seconds and >= 0 ? seconds : 1;
    }

    /// <summary>spec.host is the old name of spec.nodeName; status.podIPs is accepted and matches nothing.</summary>
    public static IReadOnlyList<string> SelectableFields { get; } =
    [
        "spec.nodeName",
        "spec.restartPolicy",
        "spec.schedulerName",
        "spec.serviceAccountName",
        "spec.hostNetwork",
        "spec.host",
        "status.phase",
        "status.podIP",
        "status.podIPs",
        "status.nominatedNodeName",
    ];

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        "spec.nodeName" or "spec.host" => Spec.NodeName,
        "spec.restartPolicy" => Spec.RestartPolicy,
        "spec.schedulerName" => Spec.SchedulerName,
        "spec.serviceAccountName" => Spec.ServiceAccountName,
        "spec.hostNetwork" => Spec.HostNetwork ? "true" : "false",
        "status.phase" => Status.Phase,
        "status.podIP" => Status.PodIP,
        "status.nominatedNodeName" => Status.NominatedNodeName,
        _ => "",
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PodTable.Cells(this, now);

    /// <inheritdoc/>
    public (string Reason, string Message)? Completion => Status.Phase switch
    {
        "Succeeded" => ("Succeeded", "The pod has completed successfully."),
        "Failed" => ("Failed", "The pod failed."),
        _ => null,
    };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        ValidateAlways(errors);
        var path = FieldPath.Root.Child("spec");
        if (!Spec.EphemeralContainers.IsEmpty)
        {
            errors.Forbidden(path.Child("ephemeralContainers"), "cannot be set on create");
        }

        if (Spec.NodeName.Length != 0 && !Spec.SchedulingGates.IsEmpty)
        {
            errors.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }

        SeccompAnnotations.ValidateMatch(Metadata.Annotations, Spec, path, errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ValidateAlways(errors, old);
        PodAnnotations.ValidateUpdate(Metadata.Annotations, old.Metadata.Annotations, FieldPath.Root.Child("metadata", "annotations"), errors);
        PodUpdateValidation.Validate(Spec, ((Pod)old).Spec, FieldPath.Root.Child("spec"), errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => PodStatusValidation.Validate(this, (Pod)old, errors);

    /// <summary>What holds for a pod at any time, whoever writes it.</summary>
    internal void ValidateAlways(FieldErrors errors, ApiObject? old = null)
    {
        var path = FieldPath.Root.Child("spec");
        PodAnnotations.Validate(Metadata.Annotations, Spec, FieldPath.Root.Child("metadata", "annotations"), errors, old?.Metadata.Annotations);
        PodSpecValidation.Validate(Spec, Metadata.Name, path, errors);
        for (var i = 0; i < Spec.Volumes.Count && Spec.ServiceAccountName.Length == 0; i++)
        {
            var sources = Spec.Volumes[i].Projected?.Sources ?? default;
            for (var j = 0; j < sources.Count; j++)
            {
                if (sources[j].ServiceAccountToken is not null)
                {
                    errors.Forbidden(
                        path.Child("volumes").Index(i).Child("projected", "sources").Index(j).Child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set");
                }
            }
        }

        for (var i = 0; i < Spec.Containers.Count; i++)
        {
            Spec.Containers[i].ValidateOutsideTemplate(path.Child("containers").Index(i), errors);
        }

        for (var i = 0; i < Spec.InitContainers.Count; i++)
        {
            Spec.InitContainers[i].ValidateOutsideTemplate(path.Child("initContainers").Index(i), errors);
        }
    }
}
