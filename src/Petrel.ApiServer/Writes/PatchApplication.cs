using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Patch;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>The patch of a request: applies to any object, as often as newer versions of it demand.</summary>
internal sealed class PatchApplication(HttpContext context, PatchKind kind, ReadOnlyMemory<byte> patch)
{
    private readonly ReadOnlyMemory<byte> _patch = JsonUnicode.Repair(patch);

    /// <summary>The format of the patch in a request.</summary>
    /// <exception cref="StatusException">415 for one that is not served.</exception>
    public static PatchKind KindOf(HttpRequest request)
    {
        var contentType = request.ContentType ?? "";
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType[..end]).Trim() switch
        {
            "application/json-patch+json" => PatchKind.Json,
            "application/merge-patch+json" => PatchKind.Merge,
            "application/strategic-merge-patch+json" => PatchKind.Strategic,
            "application/apply-patch+yaml" => PatchKind.Apply,
            _ => throw new StatusException(Statuses.UnsupportedMediaType("415: Unsupported Media Type") with { Details = StatusDetails.Empty }),
        };
    }

    /// <summary>The format of the patch of an object of that type; strategic merge needs to know the fields of a built-in kind.</summary>
    /// <exception cref="StatusException">415 for one that is not served.</exception>
    public static PatchKind KindOf(HttpRequest request, ResourceType type)
    {
        if (!type.IsCustom)
        {
            return KindOf(request);
        }

        var contentType = request.ContentType ?? "";
        return contentType.Split(';')[0].Trim() is "application/json-patch+json" or "application/merge-patch+json" or "application/apply-patch+yaml"
            ? KindOf(request)
            : throw new StatusException(Statuses.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"));
    }

    /// <summary>The patched object.</summary>
    /// <param name="schema">Shape of the object, for strategic merge.</param>
    /// <param name="decode">Reads the result; wrong types and unknown fields go to the problems.</param>
    /// <exception cref="StatusException">The patch cannot be applied, or what comes out is no such object.</exception>
    public ApiObject Apply(ApiObject old, TypeSchema schema, Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> decode)
    {
        var document = (JsonMap)JsonTree.Parse(JsonEncoding.Encode(old));
        var outcome = kind switch
        {
            PatchKind.Json => JsonPatch.Apply(document, _patch.Span),
            PatchKind.Merge => MergePatch.Apply(document, _patch.Span),
            _ => StrategicMergePatch.Apply(document, _patch.Span, schema),
        };
        if (!outcome.IsPatched)
        {
            throw new StatusException(Statuses.Of(outcome.Failure));
        }

        var json = outcome.Result.ToUtf8();
        var shown = kind == PatchKind.Strategic ? outcome.Description : Encoding.UTF8.GetString(json);
        var given = TypeMetaOf(outcome.Result);
        // A strategic merge patch decodes into the kind whatever the result says it is; the others only when it says nothing.
        var isOther = (given.ApiVersion.Length > 0 && given.ApiVersion != old.ShownKind.ApiVersion) || (given.Kind.Length > 0 && given.Kind != old.ShownKind.Kind);
        if (kind != PatchKind.Strategic && isOther)
        {
            throw Refuse(shown, $"no kind \"{given.Kind}\" is registered for version \"{given.ApiVersion}\"");
        }

        var problems = new DecodeProblems { OfTree = kind == PatchKind.Strategic };
        var value = decode(json, problems);
        if (problems.TypeError is not null)
        {
            throw Refuse(shown, problems.TypeError);
        }

        foreach (var duplicate in outcome.Duplicates)
        {
            problems.AddDuplicate(duplicate);
        }

        FieldValidation.Apply(context, problems, text => Refuse(shown, text));
        return value;
    }

    private static GroupVersionKind TypeMetaOf(JsonMap document)
    {
        string Text(string name) => document.TryGetValue(name, out var value) && value is JsonText text ? text.Value : "";
        return GroupVersionKind.FromApiVersion(Text("apiVersion"), Text("kind"));
    }

    private static StatusException Refuse(string shown, string why)
    {
        var errors = new FieldErrors();
        errors.Invalid(FieldPath.Root.Child("patch"), shown, why);
        return new StatusException(Statuses.Invalid("", "", "", errors));
    }
}
