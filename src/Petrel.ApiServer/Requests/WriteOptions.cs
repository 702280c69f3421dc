using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Writes;

namespace Petrel.ApiServer.Requests;

/// <summary>The query parameters that create, update, patch and delete share (meta/v1 CreateOptions and its siblings).</summary>
/// <param name="DryRun">Everything is done but the write.</param>
/// <param name="FieldManager">Owner of the fields that the request sets; from the User-Agent when not given.</param>
/// <param name="Force">Only for apply: take fields over from their owners.</param>
internal sealed record WriteOptions(bool DryRun, string FieldManager, bool Force = false)
{
    private const int FieldManagerBytesMax = 128;

    /// <summary>The manager that the request names; empty when it names none.</summary>
    public string GivenFieldManager { get; init; } = "";

    /// <summary>The mode of field validation that the request names; empty when it names none.</summary>
    public string GivenFieldValidation { get; init; } = "";

    /// <param name="kind">Name of the options type in errors, e.g. CreateOptions.</param>
    /// <exception cref="StatusException">422 when a parameter has a value that does not exist.</exception>
    public static WriteOptions Of(HttpRequest request, string kind) => Read(request, kind, new FieldErrors());

    /// <summary>The options of a patch: an apply must name its manager and may take over fields.</summary>
    /// <exception cref="StatusException">422 when a parameter has a value that does not exist or does not go with the patch.</exception>
    public static WriteOptions OfPatch(HttpRequest request, PatchKind patch)
    {
        var errors = new FieldErrors();
        var force = QueryValues.OptionalFlag(request.Query, "force");
        if (patch == PatchKind.Apply && QueryValues.Text(request.Query, "fieldManager").Length == 0)
        {
            errors.Required(FieldPath.Root.Child("fieldManager"), "is required for apply patch");
        }
        else if (patch != PatchKind.Apply && force is not null)
        {
            errors.Forbidden(FieldPath.Root.Child("force"), "may not be specified for non-apply patch");
        }

        return Read(request, "PatchOptions", errors) with { Force = force == true };
    }

    /// <summary>The dryRun parameter or field: nothing, or All.</summary>
    public static void ValidateDryRun(ApiList<string> values, FieldErrors errors)
    {
        if (values.Any(static value => value != "All"))
        {
            errors.NotSupported(FieldPath.Root.Child("dryRun"), GoSyntax.Strings(values), ["All"]);
        }
    }

    private static WriteOptions Read(HttpRequest request, string kind, FieldErrors errors)
    {
        var manager = QueryValues.Text(request.Query, "fieldManager");
        ManagedFieldsEntry.ValidateManager(manager, FieldPath.Root.Child("fieldManager"), errors);
        ApiList<string> dryRun = [.. request.Query["dryRun"].Select(static value => value ?? "")];
        ValidateDryRun(dryRun, errors);
        var validation = FieldValidation.ModeOf(request);
        if (validation is not ("Ignore" or "Warn" or "Strict"))
        {
            errors.NotSupported(FieldPath.Root.Child("fieldValidation"), validation, ["", "Ignore", "Strict", "Warn"]);
        }

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("meta.k8s.io", kind, "", errors));
        }

        return new WriteOptions(dryRun.Count > 0, manager.Length > 0 ? manager : ManagerFromUserAgent(request))
        {
            GivenFieldManager = manager,
            GivenFieldValidation = QueryValues.Text(request.Query, "fieldValidation"),
        };
    }

    private static string ManagerFromUserAgent(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var end = agent.IndexOf('/', StringComparison.Ordinal);
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in (end < 0 ? agent : agent[..end]).EnumerateRunes().Where(GoSyntax.IsPrintable))
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > FieldManagerBytesMax)
            {
                break;
            }

            name.Append(rune.ToString());
        }

        return name.ToString();
    }
}
