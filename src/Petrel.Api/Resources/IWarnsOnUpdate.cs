namespace Petrel.Api.Resources;

/// <summary>A kind whose changed objects may deserve a word to their writer (a Warning header), though they are good.</summary>
public interface IWarnsOnUpdate
{
    IEnumerable<string> UpdateWarnings(ApiObject old);
}
