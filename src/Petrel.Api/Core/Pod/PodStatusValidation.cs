using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of what node agents and schedulers report about a pod.</summary>
internal static class PodStatusValidation
{
    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("status");
        var (status, before) = (pod.Status, old.Status);
        PodAnnotations.ValidateUpdate(pod.Metadata.Annotations, old.Metadata.Annotations, FieldPath.Root.Child("metadata", "annotations"), errors);
        for (var i = 0; i < status.Conditions.Count; i++)
        {
            errors.QualifiedName(path.Child("conditions").Index(i).Child("Type"), status.Conditions[i].Type);
        }

        if (status.NominatedNodeName != before.NominatedNodeName && status.NominatedNodeName.Length != 0)
        {
            errors.DnsSubdomain(path.Child("nominatedNodeName"), status.NominatedNodeName);
        }

        errors.Immutable(path.Child("qosClass"), status.QosClass, before.QosClass);
        ValidateTransitions(status.ContainerStatuses, before.ContainerStatuses, old.Spec, path.Child("containerStatuses"), errors);
        ValidateTransitions(
            status.InitContainerStatuses,
            before.InitContainerStatuses.RemoveAll(each => old.Spec.InitContainers.Any(container => container.Name == each.Name && container.IsSidecar)),
            old.Spec,
            path.Child("initContainerStatuses"),
            errors);
        ValidateAddresses(status.PodIPs.Select(static address => address.Ip).ToArray(), "PodIP", path.Child("podIPs"), errors);
        ValidateHostAddresses(status, path.Child("hostIPs"), errors);
    }

    // What has ended for good stays so.
    private static void ValidateTransitions(ApiList<ContainerStatus> statuses, ApiList<ContainerStatus> old, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.RestartPolicy == "Always")
        {
            return;
        }

        for (var i = 0; i < old.Count; i++)
        {
            var ended = old[i].State.Terminated;
            var mayRestart = ended is null || (ended.ExitCode != 0 && spec.RestartPolicy == "OnFailure");
            if (!mayRestart && statuses.Any(status => status.Name == old[i].Name && status.State.Terminated is null))
            {
                errors.Forbidden(path.Index(i).Child("state"), "may not be transitioned to non-terminated state");
            }
        }
    }

    private static void ValidateHostAddresses(PodStatus status, FieldPath path, FieldErrors errors)
    {
        if (!status.HostIPs.IsEmpty && status.HostIPs[0].Ip != status.HostIP)
        {
            errors.Invalid(path.Index(0).Child("ip"), status.HostIPs[0].Ip, "must be equal to `hostIP`");
        }

        ValidateAddresses(status.HostIPs.Select(static address => address.Ip).ToArray(), "HostIP", path, errors);
    }

    private static void ValidateAddresses(string[] addresses, string goType, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < addresses.Length; i++)
        {
            errors.Address(path.Index(i), addresses[i]);
        }

        var areAddresses = addresses.All(static address => AddressFormats.Parse(address) is not null);
        if (areAddresses && !AddressFormats.AreOfDifferentFamilies(addresses.Select(AddressFormats.IsIPv6)))
        {
            var list = string.Join(", ", addresses.Select(address => $"core.{goType}{{IP:{GoSyntax.Quote(address)}}}"));
            errors.Invalid(path, new Verbatim($"[]core.{goType}{{{list}}}"), "may specify no more than one IP for each IP family");
        }

        for (var i = 1; i < addresses.Length; i++)
        {
            if (Array.IndexOf(addresses, addresses[i]) < i)
            {
                errors.Duplicate(path.Index(i), addresses[i]);
            }
        }
    }
}
