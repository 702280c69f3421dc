using Petrel.Cel.Libraries;
using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Checking;

/// <summary>
/// Rules beyond types: elements of a literal list or map are of one type, literal times, durations and patterns are valid.
/// Arguments of format may be of any types.
/// </summary>
internal static class LiteralChecks
{
    public static void Check(Expression root, Source source) => new Walk(source).Visit(root, isInFormat: false);

    private sealed class Walk(Source source)
    {
        private readonly HashSet<Expression> _done = new(ReferenceEqualityComparer.Instance);

        public void Visit(Expression node, bool isInFormat)
        {
            if (!_done.Add(node))
            {
                return;
            }

            switch (node)
            {
                case Call call:
                    CheckCall(call);
                    isInFormat |= call.Function == "format";
                    break;
                case ListLiteral list when !isInFormat:
                    CheckSame(list.Items.Select((item, index) => (item, list.Optional.Contains(index))));
                    break;
                case MapLiteral map when !isInFormat:
                    CheckSame(map.Entries.Select(static entry => (entry.Key, false)));
                    CheckSame(map.Entries.Select(static entry => (entry.Value, entry.IsOptional)));
                    break;
            }

            foreach (var part in node.Parts)
            {
                Visit(part, isInFormat);
            }
        }

        private void CheckSame(IEnumerable<(Expression Item, bool IsOptional)> items)
        {
            CelType? expected = null;
            foreach (var (item, isOptional) in items)
            {
                var type = isOptional && item.Type.IsOptional ? item.Type.Parameters[0] : item.Type;
                expected ??= type;
                if (!type.Equals(expected))
                {
                    source.Report(item.Position, $"expected type '{expected.ToMessage()}' but found '{type.ToMessage()}'");
                    return;
                }
            }
        }

        private void CheckCall(Call call)
        {
            if (call.Operands.Count == 0 || call.Operands[^1] is not Constant { Value: CelString text })
            {
                return;
            }

            var isValid = call.Function switch
            {
                "duration" => TimeText.ParseDuration(text.Value) is not null,
                "timestamp" => TimeText.Parse(text.Value) is not null,
                "matches" => RegexCache.Get(text.Value) is { Error: null },
                _ => true,
            };
            if (!isValid)
            {
                source.Report(call.Operands[^1].Position, $"invalid {call.Function} argument");
            }
        }
    }
}
