using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Registry;

/// <summary>The label and field selector of a list or watch. Only a selector that says something decodes objects.</summary>
internal sealed class ObjectFilter
{
    private readonly LabelSelectorExpression _labels;
    private readonly FieldSelectorExpression _fields;

    // The only name that can match; null when several may.
    private readonly string? _name;

    private ObjectFilter(LabelSelectorExpression labels, FieldSelectorExpression fields)
    {
        _labels = labels;
        _fields = fields;
        _name = fields.RequiredValue("metadata.name");
    }

    /// <summary>Everything matches.</summary>
    public bool IsEmpty => _labels.IsEmpty && _fields.IsEmpty;

    /// <exception cref="StatusException">400 when a selector cannot be parsed or names a field that the kind does not select by.</exception>
    public static ObjectFilter Of(IQueryCollection query, ResourceType type)
    {
        if (!LabelSelectorExpression.TryParse(QueryValues.Text(query, "labelSelector"), out var labels, out var labelError))
        {
            throw new StatusException(Statuses.BadRequest(labelError));
        }

        if (!FieldSelectorExpression.TryParse(QueryValues.Text(query, "fieldSelector"), out var fields, out var fieldError))
        {
            throw new StatusException(Statuses.BadRequest(fieldError));
        }

        foreach (var field in fields.Fields)
        {
            if (!type.SelectableFields.Contains(field))
            {
                throw new StatusException(Statuses.BadRequest(type.UnsupportedField(field)));
            }
        }

        return new ObjectFilter(labels, fields);
    }

    /// <summary>The same filter, for one object only (a watch on a single name).</summary>
    /// <exception cref="StatusException">400 when the filter asks for anything but that name.</exception>
    public ObjectFilter OfName(string name)
    {
        if (_fields.IsEmpty)
        {
            return new(_labels, _fields.And("metadata.name", name));
        }

        return _fields.RequiredValue("metadata.name") == name
            ? this
            : throw new StatusException(Statuses.BadRequest("fieldSelector metadata.name doesn't match requested name"));
    }

    public bool Matches(StoredObject stored) => IsEmpty || (MayMatch(stored.Pair.Key) && Matches(stored.Decode()));

    /// <summary>False when the key alone tells that its object does not match: a key ends with the object's name.</summary>
    public bool MayMatch(string key) =>
        _name is not { } name || (key.EndsWith(name, StringComparison.Ordinal) && key.Length > name.Length && key[^(name.Length + 1)] == '/');

    public bool Matches(ApiObject value) =>
        _labels.Matches(value.Metadata.Labels) && _fields.Matches(field => ResourceType.FieldValue(value, field));
}
