using System.Globalization;

namespace Petrel.Api.Validation;

/// <summary>Rules for where webhooks are, shared by all kinds that name one.</summary>
public static class WebhookClientRules
{
    private const string Form = "; desired format: https://host[/path]";

    /// <summary>A URL must be https with a host and a path at most.</summary>
    public static void ValidateUrl(string text, FieldPath path, FieldErrors errors)
    {
        if (!GoUrl.TryParse(text, out var url, out var error))
        {
            errors.Required(path, $"url must be a valid URL: {error}{Form}");
            return;
        }

        if (url.Scheme != "https")
        {
            errors.Invalid(path, url.Scheme, "'https' is the only allowed URL scheme" + Form);
        }

        if (url.Host.Length == 0)
        {
            errors.Invalid(path, url.Host, "host must be specified" + Form);
        }

        if (url.User is not null)
        {
            errors.Invalid(path, url.User, "user information is not permitted in the URL");
        }

        if (url.Fragment.Length > 0)
        {
            errors.Invalid(path, url.Fragment, "fragments are not permitted in the URL");
        }

        if (url.RawQuery.Length > 0)
        {
            errors.Invalid(path, url.RawQuery, "query parameters are not permitted in the URL");
        }
    }

    /// <summary>A reference needs both names, a port, and if it has a path, one of DNS names.</summary>
    public static void ValidateService(string name, string @namespace, string? servicePath, int port, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path.Child("name"), "service name is required");
        }

        if (@namespace.Length == 0)
        {
            errors.Required(path.Child("namespace"), "service namespace is required");
        }

        if (port is < 1 or > 65535)
        {
            errors.Invalid(path.Child("port"), port, "port is not valid: must be between 1 and 65535, inclusive");
        }

        if (servicePath is not (null or "" or "/"))
        {
            ValidatePath(servicePath, path.Child("path"), errors);
        }
    }

    private static void ValidatePath(string text, FieldPath path, FieldErrors errors)
    {
        if (text == "//")
        {
            errors.Invalid(path, text, "segment[0] may not be empty");
            return;
        }

        if (!text.StartsWith('/'))
        {
            errors.Invalid(path, text, "must start with a '/'");
        }

        // As upstream: the first character is left out whatever it is.
        var rest = text[1..];
        var segments = (rest.EndsWith('/') ? rest[..^1] : rest).Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = i.ToString(CultureInfo.InvariantCulture);
            if (segments[i].Length == 0)
            {
                errors.Invalid(path, text, $"segment[{segment}] may not be empty");
                continue;
            }

            errors.InvalidAll(path, text, NameFormats.DnsSubdomain(segments[i]).Select(problem => $"segment[{segment}]: {problem}"));
        }
    }
}
