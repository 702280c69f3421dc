using Microsoft.AspNetCore.Http;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>The query parameters that create, update, patch and delete share (meta/v1 CreateOptions and its siblings).</summary>
/// <param name="DryRun">Everything is done but the write.</param>
/// <param name="FieldManager">Owner of the fields that the request sets; from the User-Agent when not given.</param>
internal sealed record WriteOptions(bool DryRun, string FieldManager)
{
    private const int FieldManagerLengthMax = 128;

    /// <param name="kind">Name of the options type in errors, e.g. CreateOptions.</param>
    /// <exception cref="StatusException">422 when a parameter has a value that does not exist.</exception>
    public static WriteOptions Of(HttpRequest request, string kind)
    {
        var errors = new FieldErrors();
        var dryRun = request.Query["dryRun"];
        if (dryRun.Count > 0 && !(dryRun.Count == 1 && dryRun[0] == "All"))
        {
            errors.NotSupported(FieldPath.Root.Child("dryRun"), dryRun.ToString(), ["All"]);
        }

        var manager = QueryValues.Text(request.Query, "fieldManager");
        if (manager.Length > FieldManagerLengthMax)
        {
            errors.TooLong(FieldPath.Root.Child("fieldManager"), FieldManagerLengthMax);
        }
        else if (manager.Any(c => char.IsControl(c)))
        {
            errors.Invalid(FieldPath.Root.Child("fieldManager"), manager, "should only contain printable characters");
        }

        var validation = FieldValidation.ModeOf(request);
        if (validation is not ("Ignore" or "Warn" or "Strict"))
        {
            errors.NotSupported(FieldPath.Root.Child("fieldValidation"), validation, ["", "Ignore", "Strict", "Warn"]);
        }

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("meta.k8s.io", kind, "", errors));
        }

        return new WriteOptions(dryRun.Count > 0, manager.Length > 0 ? manager : ManagerFromUserAgent(request));
    }

    private static string ManagerFromUserAgent(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var end = agent.IndexOf('/', StringComparison.Ordinal);
        var name = end < 0 ? agent : agent[..end];
        return name.Length > FieldManagerLengthMax ? name[..FieldManagerLengthMax] : name;
    }
}
