using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission;

/// <summary>Holds pods and claims to the limit ranges of their namespace, and gives containers that state no resources the default ones.</summary>
internal sealed class LimitRanger(Func<ResourceEndpoint> ranges) : IMutatingAdmission, IValidatingAdmission
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public string Name => "LimitRanger";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsConcerned(request) || request.Object is not Pod)
        {
            return;
        }

        foreach (var range in await RangesAsync(request.Namespace, cancellationToken))
        {
            request.Object = WithDefaults((Pod)request.Object!, range);
        }
    }

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsConcerned(request))
        {
            return;
        }

        foreach (var range in await RangesAsync(request.Namespace, cancellationToken))
        {
            var problems = Violations(request.Object!, range).Distinct().ToList();
            if (problems.Count > 0)
            {
                var text = problems.Count == 1 ? problems[0] : "[" + string.Join(", ", problems) + "]";
                throw request.Refusal(text);
            }
        }
    }

    // Resources of a pod that exists change by resizing only. What is going away is left alone.
    private static bool IsConcerned(AdmissionRequest request) => request.OldObject?.Metadata.DeletionTimestamp is null && request.Object switch
    {
        Pod => request is { Operation: AdmissionOperation.Create, Subresource: "" } or { Operation: AdmissionOperation.Update, Subresource: "resize" },
        PersistentVolumeClaim => request is { Operation: AdmissionOperation.Create or AdmissionOperation.Update, Subresource: "" },
        _ => false,
    };

    private async ValueTask<IReadOnlyList<LimitRange>> RangesAsync(string @namespace, CancellationToken cancellationToken)
    {
        var store = ranges().Store;
        var found = await store.RangeAsync(new RangeRequest(store.RangeOf(@namespace)), cancellationToken);
        return [.. found.Items.Select(item => (LimitRange)store.Wrap(item).Decode())];
    }

    private static Pod WithDefaults(Pod pod, LimitRange range)
    {
        ApiMap<Quantity> limits = default;
        ApiMap<Quantity> requests = default;
        foreach (var item in range.Spec.Limits.Where(static item => item.Type == "Container"))
        {
            limits = limits.WithRange(item.Default);
            requests = requests.WithRange(item.DefaultRequest);
        }

        var notes = new List<string>();
        Container Completed(Container container, string what)
        {
            var (newRequests, requested) = Complete(container.Resources.Requests, requests);
            var (newLimits, limited) = Complete(container.Resources.Limits, limits);
            Note(notes, requested, $"request for {what} {container.Name}");
            Note(notes, limited, $"limit for {what} {container.Name}");
            return requested.Count + limited.Count == 0 ? container : container with { Resources = container.Resources with { Requests = newRequests, Limits = newLimits } };
        }

        var spec = pod.Spec with
        {
            Containers = pod.Spec.Containers.ConvertAll(container => Completed(container, "container")),
            InitContainers = pod.Spec.InitContainers.ConvertAll(container => Completed(container, "init container")),
        };
        if (notes.Count == 0)
        {
            return pod;
        }

        var annotations = pod.Metadata.Annotations.With(Annotation, "LimitRanger plugin set: " + string.Join("; ", notes));
        return pod with { Metadata = pod.Metadata with { Annotations = annotations }, Spec = spec };
    }

    private static (ApiMap<Quantity> Amounts, List<string> Added) Complete(ApiMap<Quantity> amounts, ApiMap<Quantity> defaults)
    {
        var added = new List<string>();
        foreach (var (name, amount) in defaults)
        {
            if (!amounts.ContainsKey(name))
            {
                amounts = amounts.With(name, amount);
                added.Add(name);
            }
        }

        return (amounts, added);
    }

    private static void Note(List<string> notes, List<string> names, string what)
    {
        if (names.Count > 0)
        {
            notes.Add(string.Join(", ", names) + " " + what);
        }
    }

    private static IEnumerable<string> Violations(ApiObject value, LimitRange range) => range.Spec.Limits.SelectMany(item => (item.Type, value) switch
    {
        ("Container", Pod pod) => pod.Spec.Containers.Concat(pod.Spec.InitContainers).SelectMany(container => Violations(item, container.Resources.Requests, container.Resources.Limits)),
        ("Pod", Pod pod) => Violations(item, PodDemand.Requests(pod), PodDemand.Limits(pod)),
        ("PersistentVolumeClaim", PersistentVolumeClaim claim) => ClaimViolations(item, claim.Spec.Resources.Requests),
        _ => [],
    });

    // Of a claim only what it asks for counts, not its limits.
    private static IEnumerable<string> ClaimViolations(LimitRangeItem item, ApiMap<Quantity> requests) =>
        MinViolations(item, requests, default).Concat(item.Max.Select(most => MaxRequestViolation(item.Type, most.Key, most.Value, requests)).OfType<string>());

    private static string? MaxRequestViolation(string type, string name, Quantity most, ApiMap<Quantity> requests)
    {
        var what = $"maximum {name} usage per {type} is {most}";
        return !requests.TryGetValue(name, out var request) ? what + ".  No request is specified" : request > most ? $"{what}, but request is {request}" : null;
    }

    private static IEnumerable<string> MinViolations(LimitRangeItem item, ApiMap<Quantity> requests, ApiMap<Quantity> limits)
    {
        foreach (var (name, least) in item.Min.AsEnumerable())
        {
            var what = $"minimum {name} usage per {item.Type} is {least}";
            if (!requests.TryGetValue(name, out var request))
            {
                yield return what + ".  No request is specified";
            }
            else if (request < least)
            {
                yield return $"{what}, but request is {request}";
            }
            else if (limits.TryGetValue(name, out var limit) && limit < least)
            {
                yield return $"{what}, but limit is {limit}";
            }
        }
    }

    private static IEnumerable<string> Violations(LimitRangeItem item, ApiMap<Quantity> requests, ApiMap<Quantity> limits)
    {
        foreach (var violation in MinViolations(item, requests, limits))
        {
            yield return violation;
        }

        foreach (var (name, most) in item.Max.AsEnumerable())
        {
            var what = $"maximum {name} usage per {item.Type} is {most}";
            if (!limits.TryGetValue(name, out var limit))
            {
                yield return what + ".  No limit is specified";
            }
            else if (limit > most)
            {
                yield return $"{what}, but limit is {limit}";
            }
            else if (requests.TryGetValue(name, out var request) && request > most)
            {
                yield return $"{what}, but request is {request}";
            }
        }

        foreach (var (name, most) in item.MaxLimitRequestRatio.AsEnumerable())
        {
            if (RatioViolation(name, most, item.Type, requests.GetValueOrDefault(name), limits.GetValueOrDefault(name)) is { } violation)
            {
                yield return violation;
            }
        }
    }

    private static string? RatioViolation(string name, Quantity most, string type, Quantity request, Quantity limit)
    {
        var what = $"{name} max limit to request ratio per {type} is {most}";
        if (request.IsZero)
        {
            return what + ", but no request is specified or request is 0";
        }

        if (limit.IsZero)
        {
            return what + ", but no limit is specified or limit is 0";
        }

        var ratio = limit.ToDouble() / request.ToDouble();
        return ratio > most.ToDouble() ? string.Create(CultureInfo.InvariantCulture, $"{what}, but provided ratio is {ratio:F6}") : null;
    }
}
