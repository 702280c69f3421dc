using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.Api.Tests.Recordings;

/// <summary>
/// Puts the writes of a scenario through what the kinds themselves declare (defaults, preparation, validation), in the order
/// of the API server, and collects where the outcome differs from the recorded one. Stored state is what was recorded.
/// </summary>
internal sealed partial class OfflineWrites
{
    /// <summary>What stands for every uid that a recording hides.</summary>
    private const string RecordedUid = "11111111-1111-4111-8111-111111111111";

    private readonly Dictionary<string, ApiObject> _stored = new(StringComparer.Ordinal);

    public List<string> Differences { get; } = [];

    /// <summary>Steps that were compared.</summary>
    public int Compared { get; private set; }

    public void Play(RecordedStep step)
    {
        if (step.Target is not var (type, name, subresource))
        {
            return;
        }

        var key = $"{type.Info.GroupResource}/{step.Namespace}/{(name.Length != 0 ? name : (string?)step.Answer?["metadata"]?["name"])}";
        var isCompared = IsCompared(step, subresource);
        if (isCompared && Write(step, type, key, subresource) is { } outcome)
        {
            if (step.Answer?["kind"] is not null)
            {
                Compare(step, outcome);
            }
            else if (!step.IsDryRun)
            {
                _stored[key + (name.Length != 0 ? "" : outcome.Value.Metadata.Name)] = WithAddress(outcome.Value);
            }
        }

        if (step.Status is 200 or 201 && !step.IsDryRun && (string?)step.Answer?["kind"] == type.Info.Kind)
        {
            var problems = new DecodeProblems();
            _stored[key] = type.Decode(Encoding.UTF8.GetBytes(step.Answer.ToJsonString()), problems);
        }
    }

    /// <summary>The object, as stored by the steps so far.</summary>
    public ApiObject? Find(ResourceType type, string objectNamespace, string name) =>
        _stored.GetValueOrDefault($"{type.Info.GroupResource}/{objectNamespace}/{name}");

    private static bool IsCompared(RecordedStep step, string subresource) =>
        step.Verb is "POST" or "PUT" or "PATCH" && step.Body is not null && !Placeholder().IsMatch(step.Body.ToJsonString()) && subresource is "" or "status" or "ephemeralcontainers" or "resize"
        && (step.Status is 200 or 201 || (step.Status == 422 && step.Causes.Count != 0 && !step.Causes.Any(IsFromElsewhere)));

    /// <summary>The object as it would be stored, with the rules it breaks; null when the step cannot be done offline.</summary>
    private (ApiObject Value, FieldErrors Errors)? Write(RecordedStep step, ResourceType type, string key, string subresource)
    {
        var old = _stored.GetValueOrDefault(key);
        if (step.Verb != "POST" && old?.GroupVersionKind != type.Info.GroupVersionKind)
        {
            // Nothing is stored, or another version of the kind, which takes the server's conversion.
            return null;
        }

        var body = step.Verb == "PATCH" ? Patched(step, old!) : step.Body!;
        var problems = new DecodeProblems();
        var value = type.Decode(Encoding.UTF8.GetBytes(body!.ToJsonString()), problems);
        if (problems.TypeError is not null)
        {
            return null;
        }

        if (value is IRecordsRequester)
        {
            return null;
        }

        value = value is IHasDefaults defaulted ? defaulted.WithDefaults() : value;
        return step.Verb == "POST" ? Create(value, type.Info, step.Namespace) : Update(value, old!, type.Info, subresource);
    }

    private static (ApiObject Value, FieldErrors Errors) Create(ApiObject value, ResourceInfo info, string objectNamespace)
    {
        var meta = value.Metadata;
        value = value with
        {
            Metadata = meta with
            {
                Namespace = info.Namespaced ? objectNamespace : "",
                Name = meta.Name.Length == 0 && meta.GenerateName.Length != 0 ? meta.GenerateName + "abcde" : meta.Name,
                Uid = info.Verbs.HasFlag(Verbs.Get) ? RecordedUid : "",
                Generation = 0,
                ManagedFields = default,
            },
        };
        value = value is IPrepared prepared ? prepared.PrepareForCreate()
            : value is IHasStatus hasStatus ? hasStatus.WithStatusOf(Blank(value)) : value;
        var errors = new FieldErrors();
        if (info.Verbs.HasFlag(Verbs.Get))
        {
            ObjectMetaValidation.ValidateCreate(value, info, errors);
        }

        (value as IValidated)?.Validate(errors);
        return (value is ICompletedWhenStored incomplete ? incomplete.CompleteForStorage() : value, errors);
    }

    private static (ApiObject Value, FieldErrors Errors) Update(ApiObject value, ApiObject old, ResourceInfo info, string subresource)
    {
        var errors = new FieldErrors();
        value = value with
        {
            Metadata = value.Metadata with
            {
                ResourceVersion = "7",
                ManagedFields = default,
                CreationTimestamp = old.Metadata.CreationTimestamp,
                Uid = value.Metadata.Uid.Length == 0 ? old.Metadata.Uid : value.Metadata.Uid,
                Namespace = old.Metadata.Namespace,
                Generation = old.Metadata.Generation,
                DeletionTimestamp = old.Metadata.DeletionTimestamp ?? value.Metadata.DeletionTimestamp,
                DeletionGracePeriodSeconds = old.Metadata.DeletionGracePeriodSeconds ?? value.Metadata.DeletionGracePeriodSeconds,
            },
        };
        if (subresource.Length == 0)
        {
            value = value is IPrepared prepared ? prepared.PrepareForUpdate(old)
                : value is IHasStatus hasStatus ? hasStatus.WithStatusOf(old) : value;
            if (value is Service service)
            {
                // Addresses and families are settled first, and what is wrong with them is all that is told.
                ServiceFamilies.Resolve(service.Spec, ((Service)old).Spec, ["IPv4"], errors);
                if (errors.Count > 0)
                {
                    return (value, errors);
                }
            }

            ObjectMetaValidation.ValidateUpdate(value, old, info, errors);
            if (value is IValidatedUpdate validated)
            {
                validated.ValidateUpdate(old, errors);
            }
            else
            {
                (value as IValidated)?.Validate(errors);
            }

            return (value, errors);
        }

        return UpdateSubresource(value, old, info, subresource, errors);
    }

    private static (ApiObject Value, FieldErrors Errors) UpdateSubresource(ApiObject value, ApiObject old, ResourceInfo info, string subresource, FieldErrors errors)
    {
        value = (value, old, subresource) switch
        {
            (Core.Pod pod, Core.Pod stored, "ephemeralcontainers") => Core.PodEphemeralContainersUpdate.Prepare(pod, stored),
            (Core.Pod pod, Core.Pod stored, "resize") => Core.PodResize.Prepare(pod, stored),
            _ => ((IHasStatus)value).PrepareForStatusUpdate(old),
        };
        ObjectMetaValidation.ValidateUpdate(value, old, info, errors);
        switch (value, old, subresource)
        {
            case (Core.Pod pod, Core.Pod stored, "ephemeralcontainers"):
                Core.PodEphemeralContainersUpdate.Validate(pod, stored, errors);
                break;
            case (Core.Pod pod, Core.Pod stored, "resize"):
                Core.PodResize.Validate(pod, stored, errors);
                break;
            default:
                (value as IValidatedStatus)?.ValidateStatusUpdate(old, errors);
                break;
        }

        return (value, errors);
    }

    private static ApiObject Blank(ApiObject value) =>
        AllResources.List.Single(type => type.Info.GroupVersionKind == value.GroupVersionKind).Decode("{}"u8.ToArray());

    private static JsonNode? Patched(RecordedStep step, ApiObject old)
    {
        var document = JsonNode.Parse(JsonEncoding.Encode(old));
        return step.MediaType switch
        {
            "application/json-patch+json" => JsonPatches.Apply(document!, step.Body!.AsArray()),
            "application/strategic-merge-patch+json" => JsonPatches.Merge(document, step.Body, byName: true),
            _ => JsonPatches.Merge(document, step.Body),
        };
    }

    private void Compare(RecordedStep step, (ApiObject Value, FieldErrors Errors) outcome)
    {
        Compared++;
        var causes = outcome.Errors.Errors.Select(static error => $"{error.Type} | {error.Field} | {error.Message}").Select(Mask).ToArray();
        var wanted = step.Causes.Select(Mask).ToArray();
        if (!AreSame(causes, wanted))
        {
            Differences.Add($"[{step.Index}] {step.Verb} {step.Path}\n  want {string.Join("\n       ", wanted)}\n  got  {string.Join("\n       ", causes)}");
        }
        else if (step.Status is 200 or 201 && (string?)step.Answer?["kind"] == outcome.Value.GroupVersionKind.Kind)
        {
            CompareContent(step, outcome.Value);
        }
    }

    // A message that differs from run to run is not recorded.
    private static bool AreSame(string[] causes, string[] wanted) => causes.Length == wanted.Length
        && causes.Zip(wanted).All(static pair => pair.Second.EndsWith("| ", StringComparison.Ordinal)
            ? pair.First.StartsWith(pair.Second, StringComparison.Ordinal)
            : pair.First == pair.Second);

    private void CompareContent(RecordedStep step, ApiObject value)
    {
        var want = ServerFields.Remove(step.Answer!.DeepClone().AsObject());
        var got = ServerFields.Remove(JsonNode.Parse(JsonEncoding.Encode(value))!.AsObject());
        var differences = JsonPatches.Differences(want, got, "").ToArray();
        if (differences.Length != 0)
        {
            Differences.Add($"[{step.Index}] {step.Verb} {step.Path}\n  {string.Join("\n  ", differences)}");
        }
    }

    // In place of the server's allocator.
    private static ApiObject WithAddress(ApiObject value) => value is Core.Service { Spec: { ClusterIP: "", Type: not "ExternalName" } } service
        ? service with { Spec = service.Spec with { ClusterIP = "10.0.0.7", ClusterIPs = ["10.0.0.7"] } }
        : value;

    // Causes that allocators, admission or the storage add: not the kinds' own.
    private static bool IsFromElsewhere(string cause) =>
        cause.Contains("not configured", StringComparison.Ordinal) || cause.Contains("failed to allocate", StringComparison.Ordinal)
        || cause.Contains("provided port", StringComparison.Ordinal) || cause.Contains("fieldValidation", StringComparison.Ordinal)
        || cause.Contains("dryRun", StringComparison.Ordinal) || cause.Contains("fieldManager", StringComparison.Ordinal)
        || cause.Contains("when multiple IP families", StringComparison.Ordinal) || cause.Contains("| patch |", StringComparison.Ordinal)
        || cause.Contains("| metadata.labels[pod-security", StringComparison.Ordinal) || cause.Contains("0x0", StringComparison.Ordinal);

    private static string Mask(string text) => Metadata().Replace(Pointer().Replace(Suffix().Replace(Address().Replace(text, "{ip}"), "-{suffix}"), "(0x)"), "v1.ObjectMeta{}");

    [GeneratedRegex(@"\b10\.(?:\d{1,3}\.){2}\d{1,3}\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex("(?<=\"Bad)-[a-z0-9]{5}(?=\")|(?<=\"a)_[a-z0-9]{5}(?=\")")]
    private static partial Regex Suffix();

    // A value that an earlier step of the scenario received.
    [GeneratedRegex(@"\{(?:addr|uid|rv[0-9]*|old)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"v1\.ObjectMeta\{.*\}(?=: must be empty)")]
    private static partial Regex Metadata();

    [GeneratedRegex(@"\(0x[0-9a-f]+\)")]
    private static partial Regex Pointer();
}
