using System.Globalization;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>The parameters of a list or watch, checked (meta/v1 ListOptions).</summary>
internal sealed record ListQuery
{
    public required ObjectFilter Filter { get; init; }

    /// <summary>Null when not given: the latest state.</summary>
    public long? Revision { get; init; }

    /// <summary>"", Exact or NotOlderThan.</summary>
    public string Match { get; init; } = "";

    public long Limit { get; init; }

    /// <summary>Where the list goes on; null for one that begins. Such a list names no revision of its own.</summary>
    public ContinueToken? Continue { get; init; }

    public bool AllowWatchBookmarks { get; init; }

    public bool? SendInitialEvents { get; init; }

    public long? TimeoutSeconds { get; init; }

    /// <exception cref="StatusException">400 or 422 for what cannot be.</exception>
    public static ListQuery Of(HttpRequest request, ResourceType type, bool isWatch)
    {
        var values = request.Query;
        var match = QueryValues.Text(values, "resourceVersionMatch");
        var version = QueryValues.Text(values, "resourceVersion");
        var sendInitialEvents = QueryValues.OptionalFlag(values, "sendInitialEvents");
        var continueToken = QueryValues.Text(values, "continue");
        var limit = QueryValues.Number(values, "limit") ?? 0;
        var timeout = QueryValues.Number(values, "timeoutSeconds");
        if (isWatch && sendInitialEvents is null && match.Length == 0 && version is ("" or "0") && FeatureGates.IsOn(KnownFeatures.WatchList))
        {
            // Such a watch begins with the state anyway.
            (sendInitialEvents, match) = (true, "NotOlderThan");
        }

        Validate(version, match, sendInitialEvents, continueToken, isWatch);
        var query = new ListQuery
        {
            Filter = ObjectFilter.Of(values, type),
            Match = match,
            Limit = isWatch ? 0 : Math.Max(0, limit),
            AllowWatchBookmarks = QueryValues.Flag(values, "allowWatchBookmarks"),
            SendInitialEvents = sendInitialEvents,
            TimeoutSeconds = timeout,
        };
        if (!isWatch && continueToken.Length > 0)
        {
            var token = ContinueToken.Decode(continueToken);
            return version is "" or "0"
                ? query with { Continue = token }
                : throw new StatusException(Statuses.BadRequest("specifying resource version is not allowed when using continue"));
        }

        if (version.Length == 0)
        {
            return query;
        }

        var revision = ParseVersion(version);
        if (revision is null)
        {
            throw new StatusException(isWatch
                ? Statuses.Unknown(500, VersionError(version))
                : Statuses.BadRequest("invalid resource version: " + VersionError(version)));
        }

        return query with { Revision = revision };
    }

    public static long? ParseVersion(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= long.MaxValue ? (long)value : null;

    public static string VersionError(string text) =>
        $"resourceVersion: Invalid value: {FieldErrors.Quote(text)}: strconv.ParseUint: parsing {FieldErrors.Quote(text)}: invalid syntax";

    private static void Validate(string version, string match, bool? sendInitialEvents, string continueToken, bool isWatch)
    {
        var errors = new FieldErrors();
        var path = FieldPath.Root.Child("resourceVersionMatch");
        if (isWatch)
        {
            ValidateWatch(match, sendInitialEvents, continueToken, errors);
        }
        else
        {
            if (match.Length > 0)
            {
                if (version.Length == 0)
                {
                    errors.Forbidden(path, "resourceVersionMatch is forbidden unless resourceVersion is provided");
                }

                if (continueToken.Length > 0)
                {
                    errors.Forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
                }

                if (match is not ("Exact" or "NotOlderThan"))
                {
                    errors.NotSupported(path, match, ["Exact", "NotOlderThan", ""]);
                }

                if (match == "Exact" && version == "0")
                {
                    errors.Forbidden(path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
                }
            }

            if (sendInitialEvents is not null)
            {
                errors.Forbidden(FieldPath.Root.Child("sendInitialEvents"), "sendInitialEvents is forbidden for list");
            }
        }

        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("meta.k8s.io", "ListOptions", "", errors));
        }
    }

    private static void ValidateWatch(string match, bool? sendInitialEvents, string continueToken, FieldErrors errors)
    {
        const string Wanted = "NotOlderThan";
        var path = FieldPath.Root.Child("resourceVersionMatch");
        if (sendInitialEvents is not null)
        {
            if (match != Wanted)
            {
                errors.Forbidden(path, $"sendInitialEvents requires setting resourceVersionMatch to {Wanted}");
            }

            if (!FeatureGates.IsOn(KnownFeatures.WatchList))
            {
                errors.Forbidden(FieldPath.Root.Child("sendInitialEvents"), "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled");
            }
        }

        if (match.Length == 0)
        {
            return;
        }

        if (sendInitialEvents is null)
        {
            errors.Forbidden(path, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }

        if (match != Wanted)
        {
            errors.NotSupported(path, match, [Wanted]);
        }

        if (continueToken.Length > 0)
        {
            errors.Forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
        }
    }
}
