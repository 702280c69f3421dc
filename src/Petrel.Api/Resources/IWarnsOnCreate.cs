namespace Petrel.Api.Resources;

/// <summary>A kind whose new objects may deserve a word to their creator (a Warning header), though they are good.</summary>
public interface IWarnsOnCreate
{
    IEnumerable<string> CreateWarnings();
}
