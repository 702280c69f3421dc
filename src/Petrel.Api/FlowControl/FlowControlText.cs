using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.FlowControl;

/// <summary>What the two kinds of this group have in common in their error messages.</summary>
internal static class FlowControlText
{
    /// <summary>A spec inside a message. Upstream prints Go's own form of it, pointers included; here it is JSON.</summary>
    public static Verbatim Of(IApiType spec) => new(Encoding.UTF8.GetString(JsonEncoding.Encode(spec)));

    public static void ValidateConditionTypes(IEnumerable<string> types, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, type) in types.Index())
        {
            if (!seen.Add(type))
            {
                errors.Duplicate(path.Index(i).Child("type"), type);
            }

            errors.NotEmpty(path.Index(i).Child("type"), type, "must not be empty");
        }
    }
}
